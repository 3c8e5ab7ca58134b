package io.siteswap.lab.sim;

import io.siteswap.monitor.failover.Setup;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Health;
import io.siteswap.policy.plan.Placement;
import io.siteswap.policy.plan.Rules;
import io.siteswap.policy.verdicts.Verdict;
import io.siteswap.policy.verdicts.Verdict.Score;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A few rules in Java, so that these tests need no rule engine. The real planner follows them. */
final class FewRules implements Rules {

    static final Setup.Placing PLACING = Placement::decide;

    @Override
    public List<Verdict> evaluate(Collection<? extends Fact> facts) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Fact.Site site : only(facts, Fact.Site.class)) {
            if (lost(facts, site.name())) {
                verdicts.add(new Verdict.SiteLost(site.name(), "Nobody hears " + site.name()
                        + " and its front door does not answer."));
            }
        }
        for (Fact.Candidate it : only(facts, Fact.Candidate.class)) {
            score(facts, it, verdicts);
        }
        if (only(facts, Fact.Holder.class).isEmpty()) {
            only(facts, Fact.Database.class).stream().filter(Fact.Database::primary)
                    .forEach(it -> verdicts.add(new Score(it.service(), it.site(), 50,
                            "The database at " + it.site() + " accepts writes already.")));
        }
        only(facts, Fact.Holder.class).forEach(it -> holder(facts, it, verdicts));
        only(facts, Fact.Blocked.class).forEach(
                it -> verdicts.add(new Verdict.Hold(it.service(), it.reason())));
        return verdicts;
    }

    private static void score(Collection<? extends Fact> facts, Fact.Candidate it,
            List<Verdict> verdicts) {
        verdicts.add(new Score(it.service(), it.site(), 10 - it.preference(),
                it.site() + " is number " + it.preference() + "."));
        boolean seen = only(facts, Fact.Heartbeat.class).stream()
                .anyMatch(beat -> beat.from().equals(it.site()));
        if (!seen || lost(facts, it.site())) {
            verdicts.add(new Score(it.service(), it.site(), Score.MINUS_INFINITY,
                    it.site() + (seen ? " is lost." : " has not reported.")));
        }
        boolean down = only(facts, Fact.AppServer.class).stream()
                .anyMatch(app -> app.site().equals(it.site()) && app.health() == Health.DOWN);
        boolean holds = only(facts, Fact.Holder.class).stream()
                .anyMatch(holder -> holder.site().equals(it.site()));
        if (down && holds) {
            verdicts.add(new Score(it.service(), it.site(), Score.MINUS_INFINITY,
                    "The application servers at " + it.site() + " are down."));
        }
    }

    private static void holder(Collection<? extends Fact> facts, Fact.Holder holder,
            List<Verdict> verdicts) {
        verdicts.add(new Score(holder.service(), holder.site(), 100,
                holder.site() + " holds the service."));
        boolean moving = !only(facts, Fact.Moving.class).isEmpty();
        only(facts, Fact.Candidate.class).stream().filter(_ -> !moving)
                .forEach(it -> verdicts.add(new Verdict.Stance(it.service(), it.site(),
                        it.site().equals(holder.site()) ? "normal" : "backup",
                        "The usual announcement.")));
    }

    /** Both other sites neither hear it nor reach its front door, where there is one. */
    private static boolean lost(Collection<? extends Fact> facts, String site) {
        long deaf = only(facts, Fact.Heartbeat.class).stream().filter(
                it -> it.to().equals(site) && it.health() == Health.DOWN).count();
        long outside = only(facts, Fact.Outside.class).stream().filter(
                it -> it.site().equals(site) && it.health() == Health.DOWN).count();
        return deaf >= 2 && outside >= 2;
    }

    private static <T> List<T> only(Collection<?> all, Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Object one : all) {
            if (type.isInstance(one)) {
                found.add(type.cast(one));
            }
        }
        return found;
    }
}
