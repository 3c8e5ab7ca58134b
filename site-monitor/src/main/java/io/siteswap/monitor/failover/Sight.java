package io.siteswap.monitor.failover;

import io.siteswap.policy.facts.Fact;
import java.util.List;

/**
 * What this monitor's own probes see.
 *
 * @param facts the complete set, after hysteresis
 * @param any something has been observed since the start; without it the facts are merely missing
 * @param newsAt when the probes can tell the truth again after this monitor has been away (hung,
 *     suspended): until then what they saw of others before is old
 */
record Sight(List<Fact> facts, boolean any, long newsAt) {

    Sight {
        facts = List.copyOf(facts);
    }

    static Sight nothing(long now) {
        return new Sight(List.of(), false, now);
    }

    Sight observed(List<Fact> now) {
        return new Sight(now, true, newsAt);
    }

    Sight away(long nextNews) {
        return new Sight(facts, any, nextNews);
    }

    /** What it sees of the other sites, as far as that is not old. */
    List<Fact> ofOthers(View view) {
        return view.due(newsAt) ? facts : List.of();
    }
}
