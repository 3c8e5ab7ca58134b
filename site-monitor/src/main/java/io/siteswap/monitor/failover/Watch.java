package io.siteswap.monitor.failover;

import io.siteswap.monitor.quorum.ClusterState.Running;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Resource;
import io.siteswap.policy.plan.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long things have been as they are for one service, on the leader's clock. Volatile: a new
 * leader starts to count anew, which only ever makes it wait longer.
 *
 * @param quietSince no transition has run since
 * @param blockedSince automatic moves are blocked since
 * @param unservedSince the holder's databases are seen not to accept writes since
 * @param silentSince the holder's lease has not been renewed in time since
 * @param aborts transitions aborted in a row
 * @param readySince steps that could run, by id
 */
record Watch(long quietSince, Optional<Long> blockedSince, Optional<Long> unservedSince,
        Optional<Long> silentSince, int aborts, Map<String, Long> readySince) {

    Watch {
        readySince = Map.copyOf(readySince);
    }

    static Watch from(long now) {
        return new Watch(now, Optional.empty(), Optional.empty(), Optional.empty(), 0, Map.of());
    }

    /** A log entry turned {@code before} into {@code after}. */
    Watch changed(ServiceState before, ServiceState after, long now) {
        if (before.running().isEmpty() || after.running().isPresent()) {
            return this;
        }
        // Only an abort rewrites the decision that started the transition.
        boolean completed = after.last().equals(before.last());
        return new Watch(now, blockedSince, Optional.empty(), silentSince,
                completed ? 0 : aborts + 1, Map.of());
    }

    /**
     * Time has passed.
     *
     * @param renewed when the holder last renewed, at the latest
     */
    Watch at(View view, long renewed) {
        boolean silent = view.held() && view.due(renewed + view.setup().lease());
        return new Watch(quietSince,
                since(view.state().blocked().isPresent(), blockedSince, view.now()),
                since(unserved(view), unservedSince, view.now()),
                since(silent, silentSince, view.now()), aborts,
                view.running().map(running -> ready(running, view.now())).orElse(Map.of()));
    }

    private static Optional<Long> since(boolean is, Optional<Long> before, long now) {
        return is ? Optional.of(before.orElse(now)) : Optional.empty();
    }

    private Map<String, Long> ready(Running running, long now) {
        Map<String, Long> next = new HashMap<>();
        for (Step step : running.transition().steps()) {
            boolean ready = !running.over().containsKey(step.id())
                    && step.after().stream().allMatch(running.over()::containsKey);
            if (ready) {
                next.put(step.id(), readySince.getOrDefault(step.id(), now));
            }
        }
        return next;
    }

    private static boolean unserved(View view) {
        if (view.running().isPresent() || !view.held()) {
            return false;
        }
        String holder = view.ticket().holder();
        List<Fact> facts = view.reported(holder);
        boolean any = view.shape().resources(Resource.Type.PROMOTABLE).findAny().isPresent();
        return any && !view.databases(facts, holder).isEmpty()
                && !view.databasesAre(true, facts, holder);
    }

    boolean settled(View view) {
        return view.due(quietSince + view.setup().settle());
    }

    /** The first try after an abort comes at once, each further one waits longer. */
    boolean mayTryAgain(View view) {
        return aborts < 2 || view.due(quietSince + view.setup().backoff(aborts));
    }

    /** For longer than probes need to see that a database was promoted. */
    boolean unservedLong(View view) {
        return unservedSince.filter(it -> view.due(it + view.setup().settle() / 2)).isPresent();
    }

    /** For so long that it is no hiccup of the quorum: nobody is there who could release. */
    boolean silentLong(View view) {
        return silentSince.filter(it -> view.due(it + view.setup().expiry())).isPresent();
    }
}
