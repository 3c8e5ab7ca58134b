package io.siteswap.monitor.quorum;

import io.siteswap.monitor.quorum.ClusterState.Outcome;
import io.siteswap.monitor.quorum.ClusterState.Running;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Decision.Kind;
import io.siteswap.policy.plan.Step;
import io.siteswap.policy.plan.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a transition goes on, completes or is aborted when one of its steps is over. */
final class Transitions {

    private Transitions() {
    }

    static ServiceState over(ServiceState service, Running running, Step step, Outcome outcome) {
        Running next = running.with(step.id(), outcome);
        ServiceState state = service.withRunning(Optional.of(next));
        if (outcome.ok() && step.verb() == Step.Verb.STANCE) {
            state = state.withWanted(step.site(), step.argument());
        }
        if (!outcome.ok() && !step.bestEffort()) {
            return abort(state, next, step.id() + " failed: " + outcome.detail());
        }
        return next.over().size() == next.transition().steps().size()
                ? complete(state, next)
                : state;
    }

    /** Aborts the running transition if its grant is over; without one nothing changes. */
    static ServiceState abortGranted(ServiceState service, String why) {
        return service.running().filter(Running::granted)
                .map(running -> abort(service, running, why)).orElse(service);
    }

    private static ServiceState complete(ServiceState service, Running running) {
        ServiceState ended = service.withRunning(Optional.empty());
        return isAutomaticMove(running)
                ? ended.withBlocked(Optional.of(moved(running.transition())))
                : ended;
    }

    /**
     * Before the grant an abort leaves the old holder to be restored, and nothing is blocked. After
     * it the service has moved: an automatic move counts as the one that rule 7 allows.
     */
    private static ServiceState abort(ServiceState service, Running running, String why) {
        ServiceState ended = service.withRunning(Optional.empty());
        if (service.last().isPresent()) {
            ended = ended.withLast(withReason(service.last().get(), "Aborted: " + why));
        }
        if (running.granted()) {
            ended = ended.withUnfinished(Optional.of(why));
        }
        return running.granted() && isAutomaticMove(running)
                ? ended.withBlocked(Optional.of(
                        moved(running.transition()) + " It was aborted: " + why))
                : ended;
    }

    /** What rule 7 allows once. */
    static boolean isAutomaticMove(Running running) {
        Transition transition = running.transition();
        return !running.asked() && transition.kind() == Kind.FAILOVER
                && !transition.from().isEmpty()
                && !transition.from().equals(transition.to());
    }

    private static String moved(Transition transition) {
        return "The service moved by itself from " + transition.from() + " to " + transition.to()
                + "; acknowledge it or wait for the end of the cool-down.";
    }

    private static Decision withReason(Decision decision, String reason) {
        List<String> reasons = new ArrayList<>(decision.reasons());
        reasons.add(reason);
        return new Decision(decision.service(), decision.kind(), decision.from(), decision.to(),
                reasons);
    }
}
