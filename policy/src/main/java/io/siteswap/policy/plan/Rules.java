package io.siteswap.policy.plan;

import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.verdicts.Verdict;
import java.util.Collection;
import java.util.List;

/** The loaded rule packs as a function: the same facts always give the same verdicts. */
@FunctionalInterface
public interface Rules {
    List<Verdict> evaluate(Collection<? extends Fact> facts);
}
