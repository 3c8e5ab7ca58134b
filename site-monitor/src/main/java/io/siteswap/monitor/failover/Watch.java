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
 * @param aborts transitions aborted in a row
 * @param readySince steps that could run, by id
 */
record Watch(long quietSince, Optional<Long> blockedSince, Optional<Long> unservedSince,
        int aborts, Map<String, Long> readySince) {

    Watch {
        readySince = Map.copyOf(readySince);
    }

    static Watch from(long now) {
        return new Watch(now, Optional.empty(), Optional.empty(), 0, Map.of());
    }

    /** A log entry turned {@code before} into {@code after}. */
    Watch changed(ServiceState before, ServiceState after, long now) {
        if (before.running().isEmpty() || after.running().isPresent()) {
            return this;
        }
        // Only an abort rewrites the decision that started the transition.
        boolean completed = after.last().equals(before.last());
        return new Watch(now, blockedSince, Optional.empty(), completed ? 0 : aborts + 1,
                Map.of());
    }

    /** Time has passed. */
    Watch at(View view) {
        Optional<Long> blocked = view.state().blocked().isEmpty() ? Optional.empty()
                : Optional.of(blockedSince.orElse(view.now()));
        Optional<Long> unserved = unserved(view)
                ? Optional.of(unservedSince.orElse(view.now()))
                : Optional.empty();
        return new Watch(quietSince, blocked, unserved, aborts, view.running()
                .map(running -> ready(running, view.now())).orElse(Map.of()));
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
        String holder = view.ticket().holder();
        List<Fact> facts = view.reported(holder);
        boolean any = view.shape().resources(Resource.Type.PROMOTABLE).findAny().isPresent();
        boolean seen = view.databases(facts, holder).findAny().isPresent();
        return view.running().isEmpty() && view.held() && any && seen
                && !view.databasesAre(true, facts, holder);
    }

    boolean settled(View view) {
        return view.now() - quietSince >= view.setup().settle();
    }

    /** After transitions that were aborted, the next try waits longer each time. */
    boolean mayTryAgain(View view) {
        return aborts == 0 || view.now() - quietSince >= view.setup().backoff(aborts);
    }

    boolean unservedLong(View view) {
        return unservedSince.filter(since -> view.now() - since >= view.setup().settle())
                .isPresent();
    }
}
