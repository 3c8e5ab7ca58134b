package io.siteswap.policy.detection;

import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.tool.FactLines;

/** Exchanges dc1 and dc2. */
final class Mirror {

    private Mirror() {
    }

    static String of(String text) {
        return text.replace("dc1", "\0").replace("dc2", "dc1").replace("\0", "dc2");
    }

    static Fact of(Fact fact) {
        // Which site is preferred is a matter of the configuration, not of what is seen.
        if (fact instanceof Fact.Candidate candidate) {
            return candidate;
        }
        FactLines lines = new FactLines();
        lines.accept(of(FactLines.text(fact)));
        return lines.facts().getFirst();
    }
}
