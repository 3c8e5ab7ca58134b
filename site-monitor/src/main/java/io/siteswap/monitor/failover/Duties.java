package io.siteswap.monitor.failover;

import io.siteswap.monitor.failover.Standing.Idle;
import io.siteswap.monitor.quorum.ClusterState.Running;
import io.siteswap.policy.plan.Resource;
import io.siteswap.policy.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which steps a monitor may start now at its own site. */
final class Duties {

    private static final String ANNOUNCEMENT = "announcement";

    private Duties() {
    }

    /** This site's steps of the running transition that are ready and safe. */
    static List<Step> ready(View view, Sight sight, Agent agent) {
        return view.running().map(running -> running.transition().steps().stream()
                .filter(step -> step.site().equals(view.site()))
                .filter(step -> agent.outcome(running, step.id()).isEmpty())
                .filter(step -> startable(view, agent, step, running.epoch()))
                .filter(step -> step.after().stream()
                        .allMatch(id -> isOver(running, agent, id)))
                .filter(step -> !busy(agent, step))
                .filter(step -> safe(view, sight, agent, step))
                .toList()).orElse(List.of());
    }

    private static boolean startable(View view, Agent agent, Step step, long transition) {
        Work work = agent.works().get(step.id());
        return work == null || work.startable(view)
                || (!work.inFlight() && work.transition() != transition);
    }

    /**
     * A promotion of a transition that was given up may still be under way: a demotion that overtook
     * it would be undone by it. The agents refuse a second verb besides; here it waits for its turn.
     */
    private static boolean busy(Agent agent, Step step) {
        return agent.works().values().stream().anyMatch(it -> it.inFlight()
                && it.step().resource().equals(step.resource())
                && !it.step().id().equals(step.id()));
    }

    /**
     * A result that is not committed yet counts for this site's own next step: waiting for the log
     * between two steps would lengthen the write pause.
     */
    private static boolean isOver(Running running, Agent agent, String id) {
        Optional<Step> before = running.step(id);
        return running.over().containsKey(id) || agent.outcome(running, id)
                .filter(it -> it.ok() || before.map(Step::bestEffort).orElse(false))
                .isPresent();
    }

    /** The last gate before the real world. */
    private static boolean safe(View view, Sight sight, Agent agent, Step step) {
        boolean holds = view.mine() && view.held();
        boolean fencing = agent.standing() instanceof Standing.Fencing;
        return switch (step.verb()) {
            case PROMOTE, START -> holds
                    && agent.standing().activeAt(view.ticket().epoch(), view.now());
            case PAUSE -> !fencing;
            case DEMOTE, STOP -> !holds && !fencing;
            case FOLLOW, RESYNC -> !view.mine() && agent.standing() instanceof Idle;
            case STANCE -> !fencing && view.failStatic(view.site(),
                    agent.announces(view, sight).orElseGet(view::bestRung), step.argument(),
                    sight.ofOthers(view));
            case GRANT -> false;
        };
    }

    /** What is wanted outside of transitions: the stance, and a standby's order. */
    static List<Step> chores(View view, Sight sight, Agent agent) {
        List<Step> chores = new ArrayList<>();
        stance(view, sight, agent).ifPresent(chores::add);
        if (agent.standing() instanceof Idle && !view.mine() && !view.beingWorkedOn()) {
            view.shape().resources().stream()
                    .filter(it -> it.type() != Resource.Type.PROMOTABLE)
                    .map(it -> chore(view, "tidy", it.name(), Step.Verb.STOP, ""))
                    .filter(step -> untidy(view, agent, step) && !busy(agent, step))
                    .forEach(chores::add);
        }
        return chores;
    }

    /**
     * Once per epoch: a site that was away while the ticket moved has not carried out its part of
     * the transition.
     */
    private static boolean untidy(View view, Agent agent, Step step) {
        Work work = agent.works().get(step.id());
        return work == null || work.startable(view)
                || (!work.inFlight() && work.token() < view.ticket().epoch());
    }

    private static Optional<Step> stance(View view, Sight sight, Agent agent) {
        String wanted = view.state().wanted().getOrDefault(view.site(), "");
        String announced = agent.announces(view, sight).orElse("");
        // A holder that lost its lease keeps what the fence announced until it is restored.
        boolean inRole = view.mine()
                ? agent.standing().activeAt(view.ticket().epoch(), view.now())
                : agent.standing() instanceof Idle;
        if (!inRole || wanted.isEmpty() || announced.isEmpty() || wanted.equals(announced)) {
            return Optional.empty();
        }
        Step step = chore(view, "keep", ANNOUNCEMENT, Step.Verb.STANCE, wanted);
        Work work = agent.works().get(step.id());
        boolean same = work != null && work.step().equals(step);
        // After a success the probes need a moment to see it.
        boolean free = work == null
                || (!work.inFlight() && (!same || view.due(work.notBefore())));
        return free && view.failStatic(view.site(), announced, wanted, sight.ofOthers(view))
                ? Optional.of(step)
                : Optional.empty();
    }

    private static Step chore(View view, String why, String resource, Step.Verb verb,
            String argument) {
        return new Step(why + "." + view.site() + "." + resource, view.site(), resource, verb,
                argument, List.of(), true);
    }
}
