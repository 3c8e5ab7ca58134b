package io.siteswap.policy.engine;

import io.siteswap.policy.verdicts.Verdict;
import io.siteswap.policy.verdicts.Verdict.Alarm;
import io.siteswap.policy.verdicts.Verdict.Hold;
import io.siteswap.policy.verdicts.Verdict.Refuse;
import io.siteswap.policy.verdicts.Verdict.Score;
import io.siteswap.policy.verdicts.Verdict.SiteLost;
import io.siteswap.policy.verdicts.Verdict.Stance;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All that a rule can do: each call is one verdict. Public because compiled rules call it.
 *
 * <p>A verdict said twice counts once, so a rule that matches in several ways cannot score twice
 * with the same sentence.
 */
public final class Say {

    private final Map<Verdict, Pack> verdicts = new LinkedHashMap<>();
    private final Supplier<Speaker> speaker;
    private final Consumer<Verdict> chain;

    /** A rule and the pack that it stands in. */
    record Speaker(Pack pack, String rule) {

        /** The name by which an operator may override it. */
        String overridable() {
            return pack == Pack.SAFETY ? "" : rule;
        }
    }

    /**
     * @param speaker the rule that fires now
     * @param chain makes a new verdict known to the other rules
     */
    Say(Supplier<Speaker> speaker, Consumer<Verdict> chain) {
        this.speaker = speaker;
        this.chain = chain;
    }

    public void lost(String site, String reason) {
        add(new SiteLost(site, reason));
    }

    public void score(String service, String site, int value, String reason) {
        add(new Score(service, site, value, reason, speaker.get().overridable()));
    }

    public void stance(String service, String site, String rung, String reason) {
        add(new Stance(service, site, rung, reason));
    }

    public void hold(String service, String reason) {
        add(new Hold(service, reason));
    }

    public void refuse(String service, String site, String reason) {
        add(new Refuse(service, site, reason, speaker.get().overridable()));
    }

    public void alarm(String service, String reason) {
        add(new Alarm(service, reason));
    }

    Map<Verdict, Pack> verdicts() {
        return verdicts;
    }

    private void add(Verdict verdict) {
        Pack pack = speaker.get().pack();
        Pack before = verdicts.get(verdict);
        if (before == null) {
            verdicts.put(verdict, pack);
            chain.accept(verdict);
        } else if (pack.compareTo(before) > 0) {
            verdicts.put(verdict, pack);
        }
    }
}
