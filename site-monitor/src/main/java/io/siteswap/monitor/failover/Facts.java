package io.siteswap.monitor.failover;

import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that policy reads: what the sites report and what follows from the ticket. */
final class Facts {

    private Facts() {
    }

    /** In an order that depends on nothing but the configuration and the state. */
    static List<Fact> of(Cluster cluster, ClusterState state, List<Fact> timed) {
        List<Fact> facts = new ArrayList<>(cluster.sites());
        for (Fact.Site site : cluster.sites()) {
            facts.addAll(state.facts().getOrDefault(site.name(), List.of()));
        }
        for (Fact.Site site : cluster.sites()) {
            new TreeMap<>(state.labels().getOrDefault(site.name(), Map.of())).forEach(
                    (name, value) -> facts.add(new Fact.Label(site.name(), name, value)));
        }
        for (Cluster.Service shape : cluster.services()) {
            for (int i = 0; i < shape.sites().size(); i++) {
                facts.add(new Fact.Candidate(shape.name(), shape.sites().get(i), i));
            }
            state.service(shape.name()).ifPresent(it -> derive(shape.name(), it, facts));
        }
        facts.addAll(timed);
        return List.copyOf(facts);
    }

    /**
     * What only the leader's clock tells: which reports may be older than the end of a transition (it
     * may have ended before a new leader came), and whose lease ran out long ago.
     */
    static void timed(View view, Watch watch, List<Fact> facts) {
        if (view.running().isEmpty() && !watch.settled(view)) {
            facts.add(new Fact.Settling(view.service()));
        }
        if (watch.silentLong(view)) {
            String holder = view.ticket().holder();
            facts.add(new Fact.Lapsed(view.service(), holder, view.shape().guarded(holder)
                    || view.shape().confirmed(holder)));
        }
    }

    private static void derive(String service, ServiceState state, List<Fact> facts) {
        if (!state.ticket().holder().isEmpty()) {
            facts.add(new Fact.Holder(service, state.ticket().holder(), state.ticket().epoch()));
        }
        state.blocked().ifPresent(reason -> facts.add(new Fact.Blocked(service, reason)));
        state.running().ifPresent(running -> {
            Transition transition = running.transition();
            facts.add(new Fact.Moving(service, transition.from(), transition.to()));
        });
        new TreeMap<>(state.maintenance()).forEach((site, reason) -> facts
                .add(new Fact.Maintenance(service, site, reason)));
        state.request().filter(it -> it.kind() == Command.Request.Kind.SWITCHOVER)
                .ifPresent(it -> asked(service, it, facts));
    }

    private static void asked(String service, Command.Request request, List<Fact> facts) {
        facts.add(new Fact.MoveRequest(service, request.site(), request.operator(),
                request.force()));
        request.overrides().forEach(rule -> facts
                .add(new Fact.Waiver(service, rule, request.operator())));
    }
}
