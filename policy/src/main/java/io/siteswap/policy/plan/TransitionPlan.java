package io.siteswap.policy.plan;

import io.siteswap.policy.plan.Step.Verb;
import java.util.List;

/**
 * Lays a decision out as a graph of steps. Resources are taken over in the order of the
 * configuration and released in the reverse order.
 *
 * <p>The routing improvement goes first because the Internet is the slowest actor; the old site's
 * announcement gets worse last, when the new site serves.
 */
public final class TransitionPlan {

    private static final String BEST = "best";
    private static final String NORMAL = "normal";
    private static final String BACKUP = "backup";

    private TransitionPlan() {
    }

    /**
     * The transition of a decision; no steps when it moves nothing. A move within one site
     * ({@code from} equals {@code to}) brings that site back to active.
     */
    public static Transition of(Decision decision, List<Resource> resources) {
        if (!decision.moves()) {
            return new Transition(decision.service(), decision.kind(), decision.from(),
                    decision.to(), List.of());
        }
        if (decision.from().equals(decision.to())) {
            return restore(decision.service(), decision.to(), "", resources);
        }
        StepGraph graph = new StepGraph();
        if (decision.kind() == Decision.Kind.SWITCHOVER && !decision.from().isEmpty()) {
            switchover(graph, decision.from(), decision.to(), resources);
        } else {
            failover(graph, decision.from(), decision.to(), resources);
        }
        return new Transition(decision.service(), decision.kind(), decision.from(),
                decision.to(), graph.steps());
    }

    /**
     * Brings {@code site} back to active after a switchover that was given up before its grant, or
     * after it lost its lease. As in a failover, an announcement that fails is no reason to stop: the
     * leader goes on asking for it afterwards.
     *
     * @param other the site that should have taken over; its load balancer and announcement are
     *        put back. Empty when it needs nothing.
     */
    public static Transition restore(String service, String site, String other,
            List<Resource> resources) {
        StepGraph graph = new StepGraph();
        String best = graph.stance(site, BEST, true, List.of());
        String grant = graph.grant(List.of());
        String serving = takeOver(graph, site, resources, grant);
        if (!other.isEmpty()) {
            eachRoutable(graph, other, resources, List.of(serving), true);
            graph.stance(other, BACKUP, true, List.of(best, serving));
        }
        return new Transition(service, Decision.Kind.RESTORE, site, site, graph.steps());
    }

    /** Rebuilds the standby's promotable resources from the holder's, one after the other. */
    public static Transition resync(String service, String holder, String standby,
            List<Resource> resources) {
        StepGraph graph = new StepGraph();
        List<String> after = List.of();
        for (Resource resource : resources) {
            if (resource.type() == Resource.Type.PROMOTABLE) {
                after = List.of(graph.add(standby, resource.name(), Verb.RESYNC, false, after));
            }
        }
        return new Transition(service, Decision.Kind.STAY, holder, holder, graph.steps());
    }

    /**
     * Nothing of the old site is waited for: its steps are best effort, and the grant waits only
     * for what the lease demands. Requests queue at the new site's load balancer meanwhile.
     */
    private static void failover(StepGraph graph, String from, String to,
            List<Resource> resources) {
        String best = graph.stance(to, BEST, true, List.of());
        List<String> paused = eachPause(graph, to, resources, true, List.of());
        if (!from.isEmpty()) {
            release(graph, from, resources, true, List.of());
        }
        String grant = graph.grant(List.of());
        String serving = takeOver(graph, to, resources, grant, paused);
        if (!from.isEmpty()) {
            eachRoutable(graph, from, resources, List.of(serving), true);
            graph.stance(from, BACKUP, true, List.of(best, serving));
        }
    }

    /**
     * Requests wait at both load balancers while the writer moves, so none fails. Everything
     * before the pause may take its time; between pause and start only what must be serial is.
     */
    private static void switchover(StepGraph graph, String from, String to,
            List<Resource> resources) {
        String best = graph.stance(to, BEST, false, List.of());
        List<String> paused = eachPause(graph, to, resources, false, List.of(best));
        List<String> gate = paused.isEmpty() ? List.of(best) : paused;
        List<String> released = release(graph, from, resources, false, gate);
        String grant = graph.grant(released);
        String serving = takeOver(graph, to, resources, grant, paused);
        eachRoutable(graph, from, resources, List.of(serving), false);
        for (Resource resource : resources) {
            if (resource.type() == Resource.Type.PROMOTABLE) {
                // The service already runs at the new site; a standby that does not follow is an
                // alarm, not a reason to stop here.
                graph.add(from, resource.name(), Verb.FOLLOW, true,
                        List.of(StepGraph.id(to, resource.name(), Verb.PROMOTE)));
            }
        }
        String backup = graph.stance(from, BACKUP, false, List.of(best, serving));
        graph.stance(to, NORMAL, false, List.of(backup));
    }

    /** Pauses, stops, demotes in reverse order; returns the steps after which all is released. */
    private static List<String> release(StepGraph graph, String site, List<Resource> resources,
            boolean bestEffort, List<String> gate) {
        List<String> after = gate;
        for (Resource resource : resources.reversed()) {
            Verb verb = switch (resource.type()) {
                case ROUTABLE -> Verb.PAUSE;
                case STARTABLE -> Verb.STOP;
                case PROMOTABLE -> Verb.DEMOTE;
            };
            after = List.of(graph.add(site, resource.name(), verb, bestEffort, after));
        }
        return after;
    }

    private static String takeOver(StepGraph graph, String site, List<Resource> resources,
            String grant) {
        return takeOver(graph, site, resources, grant, List.of());
    }

    /** Promotes and starts in order; returns the step after which the site serves. */
    private static String takeOver(StepGraph graph, String site, List<Resource> resources,
            String grant, List<String> paused) {
        String last = grant;
        for (Resource resource : resources) {
            Verb verb = resource.type() == Resource.Type.PROMOTABLE ? Verb.PROMOTE : Verb.START;
            String pause = StepGraph.id(site, resource.name(), Verb.PAUSE);
            List<String> after = paused.contains(pause) ? List.of(last, pause) : List.of(last);
            last = graph.add(site, resource.name(), verb, false, after);
        }
        return last;
    }

    private static List<String> eachPause(StepGraph graph, String site, List<Resource> resources,
            boolean bestEffort, List<String> after) {
        return resources.stream().filter(resource -> resource.type() == Resource.Type.ROUTABLE)
                .map(resource -> graph.add(site, resource.name(), Verb.PAUSE, bestEffort, after))
                .toList();
    }

    /** Sends the traffic that still arrives at {@code site} to the other site. */
    private static void eachRoutable(StepGraph graph, String site, List<Resource> resources,
            List<String> after, boolean bestEffort) {
        for (Resource resource : resources) {
            if (resource.type() == Resource.Type.ROUTABLE) {
                graph.add(site, resource.name(), Verb.STOP, bestEffort, after);
            }
        }
    }
}
