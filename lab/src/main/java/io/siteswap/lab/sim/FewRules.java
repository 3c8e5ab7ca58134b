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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** A few rules in Java, so that these tests need no rule engine. The real planner follows them. */
final class FewRules implements Rules {

    static final Setup.Placing PLACING = Placement::decide;

    private final Mutation mutation;

    FewRules(Mutation mutation) {
        this.mutation = mutation;
    }

    @Override
    public List<Verdict> evaluate(Collection<? extends Fact> facts) {
        List<Verdict> verdicts = new ArrayList<>();
        Set<String> lost = new HashSet<>();
        for (Fact.Site site : only(facts, Fact.Site.class)) {
            if (!site.arbiter() && lost(facts, site.name())) {
                lost.add(site.name());
                verdicts.add(new Verdict.SiteLost(site.name(), "Nobody hears " + site.name()
                        + " and its front door does not answer."));
            }
        }
        for (Fact.Candidate it : only(facts, Fact.Candidate.class)) {
            score(facts, it, lost.contains(it.site()), verdicts);
        }
        List<Fact.Holder> holders = only(facts, Fact.Holder.class);
        only(facts, Fact.Database.class).stream().filter(Fact.Database::primary)
                .filter(it -> none(holders, holder -> holder.service().equals(it.service())))
                .forEach(it -> verdicts.add(new Score(it.service(), it.site(), 50,
                        "The database at " + it.site() + " accepts writes already.")));
        holders.forEach(it -> holder(facts, it, verdicts));
        only(facts, Fact.Blocked.class).forEach(
                it -> verdicts.add(new Verdict.Hold(it.service(), it.reason())));
        only(facts, Fact.MoveRequest.class).stream().filter(it -> !it.force())
                .forEach(it -> request(facts, it, verdicts));
        return verdicts;
    }

    private static void score(Collection<? extends Fact> facts, Fact.Candidate it, boolean lost,
            List<Verdict> verdicts) {
        verdicts.add(new Score(it.service(), it.site(), 10 - it.preference(),
                it.site() + " is number " + it.preference() + "."));
        boolean seen = any(facts, Fact.Heartbeat.class, beat -> beat.from().equals(it.site()));
        if (!seen || lost) {
            verdicts.add(new Score(it.service(), it.site(), Score.MINUS_INFINITY,
                    it.site() + (seen ? " is lost." : " has not reported.")));
        }
        boolean down = any(facts, Fact.AppServer.class, app -> app.service().equals(it.service())
                && app.site().equals(it.site()) && app.health() == Health.DOWN);
        boolean holds = any(facts, Fact.Holder.class, holder -> holder.site().equals(it.site())
                && holder.service().equals(it.service()));
        if (down && holds) {
            verdicts.add(new Score(it.service(), it.site(), Score.MINUS_INFINITY,
                    "The application servers at " + it.site() + " are down."));
        }
        if (any(facts, Fact.Database.class, database -> database.service().equals(it.service())
                && database.site().equals(it.site()) && database.health() == Health.DOWN)) {
            verdicts.add(new Score(it.service(), it.site(), Score.MINUS_INFINITY,
                    "The database at " + it.site() + " is down."));
        }
    }

    /** A switchover must lose nothing; where the holder is out, waiting would not help. */
    private void request(Collection<? extends Fact> facts, Fact.MoveRequest it,
            List<Verdict> verdicts) {
        List<Fact.Holder> holder = only(facts, Fact.Holder.class).stream()
                .filter(holds -> holds.service().equals(it.service())
                        && !holds.site().equals(it.site())
                        && none(verdicts, verdict -> verdict instanceof Score score
                                && score.service().equals(it.service())
                                && score.site().equals(holds.site())
                                && score.value() <= Score.MINUS_INFINITY))
                .toList();
        if (holder.isEmpty()) {
            return;
        }
        boolean replicates = any(facts, Fact.Replication.class,
                replica -> replica.service().equals(it.service())
                        && replica.site().equals(it.site()) && replica.streaming()
                        && replica.lagMillis() <= Replication.LAG_MS);
        if (!replicates && mutation != Mutation.UNASKED_REPLICA) {
            verdicts.add(new Verdict.Refuse(it.service(), it.site(),
                    "The replica at " + it.site() + " does not replicate, or lags.", ""));
        }
        String holds = holder.getFirst().site();
        boolean deaf = any(facts, Fact.Heartbeat.class, beat -> beat.health() == Health.DOWN
                && ((beat.from().equals(holds) && beat.to().equals(it.site()))
                        || (beat.to().equals(holds) && beat.from().equals(it.site()))));
        if (deaf && mutation != Mutation.DEAF_SWITCHOVER) {
            verdicts.add(new Verdict.Refuse(it.service(), it.site(),
                    holds + " and " + it.site() + " do not hear each other.", ""));
        }
    }

    private static void holder(Collection<? extends Fact> facts, Fact.Holder holder,
            List<Verdict> verdicts) {
        verdicts.add(new Score(holder.service(), holder.site(), 100,
                holder.site() + " holds the service."));
        if (any(facts, Fact.Moving.class, it -> it.service().equals(holder.service()))) {
            return;
        }
        only(facts, Fact.Candidate.class).stream()
                .filter(it -> it.service().equals(holder.service()))
                .forEach(it -> verdicts.add(new Verdict.Stance(it.service(), it.site(),
                        it.site().equals(holder.site()) ? "normal" : "backup",
                        "The usual announcement.")));
    }

    /**
     * Two other sites neither hear it nor reach its front door, and none that somebody hears does: a
     * site that is itself cut off has no say.
     */
    private static boolean lost(Collection<? extends Fact> facts, String site) {
        List<Fact.Heartbeat> beats = only(facts, Fact.Heartbeat.class);
        int deaf = 0;
        for (Fact.Heartbeat beat : beats) {
            if (beat.to().equals(site) && heard(beats, site, beat.from())) {
                if (beat.health() != Health.DOWN) {
                    return false;
                }
                deaf++;
            }
        }
        Set<String> outside = new HashSet<>();
        for (Fact.Outside door : only(facts, Fact.Outside.class)) {
            if (door.site().equals(site)) {
                if (door.health() == Health.UP && heard(beats, site, door.from())) {
                    return false;
                }
                if (door.health() == Health.DOWN) {
                    outside.add(door.from());
                }
            }
        }
        return deaf >= 2 && outside.size() >= 2;
    }

    /** Somebody else than the suspect hears the witness, as far as is known. */
    private static boolean heard(List<Fact.Heartbeat> beats, String suspect, String witness) {
        return !none(beats, it -> it.to().equals(witness) && !it.from().equals(suspect)
                && it.health() != Health.DOWN);
    }

    private static <T> boolean any(Collection<?> all, Class<T> type, Predicate<T> wanted) {
        for (Object one : all) {
            if (type.isInstance(one) && wanted.test(type.cast(one))) {
                return true;
            }
        }
        return false;
    }

    private static <T> boolean none(Collection<T> all, Predicate<T> wanted) {
        for (T one : all) {
            if (wanted.test(one)) {
                return false;
            }
        }
        return true;
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
