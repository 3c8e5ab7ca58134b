package io.siteswap.monitor.failover;

import io.siteswap.monitor.quorum.ClusterState.Running;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Command.Grant.Basis;
import io.siteswap.monitor.quorum.Ticket.Phase;
import io.siteswap.policy.plan.Decision.Kind;
import io.siteswap.policy.plan.Step;
import java.util.List;
import java.util.Optional;

/** How the leader drives the running transition: the grant, and giving up what does not come. */
final class Progress {

    private Progress() {
    }

    static void propose(View view, Watch watch, Evaluation evaluation, boolean expired,
            List<Command> out) {
        Running running = view.running().orElseThrow();
        grant(view, running, expired).ifPresent(out::add);
        running.transition().steps().stream()
                .filter(step -> step.verb() != Step.Verb.GRANT
                        && !running.over().containsKey(step.id()))
                .forEach(step -> hopeless(view, running, step, watch, evaluation, expired)
                        .map(why -> new Command.StepOver(view.service(), running.epoch(),
                                step.id(), false, why))
                        .ifPresent(out::add));
    }

    /** Rule 3: elsewhere only when the old holder is certainly not active. */
    private static Optional<Command> grant(View view, Running running, boolean expired) {
        String to = running.transition().to();
        boolean due = running.grant().isPresent() && !running.granted() && running.mayGrant();
        if (!due) {
            return Optional.empty();
        }
        return basis(view, to, expired).map(basis -> new Command.Grant(view.service(), to,
                view.ticket().epoch(), basis));
    }

    private static Optional<Basis> basis(View view, String to, boolean expired) {
        Phase phase = view.ticket().phase();
        if (phase == Phase.VACANT) {
            return Optional.of(Basis.FIRST);
        }
        if (view.ticket().holder().equals(to)) {
            return Optional.of(Basis.SAME);
        }
        if (phase == Phase.RELEASED) {
            return Optional.of(Basis.RELEASED);
        }
        if (phase == Phase.FENCED) {
            return Optional.of(Basis.FENCED);
        }
        // Nobody promises that such a site stops itself: only its fence devices say that it did.
        boolean trusted = !view.shape().confirmed(view.ticket().holder());
        return phase == Phase.REVOKING && expired && trusted
                ? Optional.of(Basis.EXPIRED)
                : Optional.empty();
    }

    /** Why a step will not come to its end by itself; empty while it may. */
    private static Optional<String> hopeless(View view, Running running, Step step, Watch watch,
            Evaluation evaluation, boolean expired) {
        boolean mandatory = !step.bestEffort();
        Optional<String> lost = evaluation.lost(step.site());
        // Before the grant nobody waits for best effort, and a site that is slow may still help.
        if (lost.isPresent() && (mandatory || running.granted())) {
            return Optional.of("Given up: " + lost.get());
        }
        Optional<String> silent = silent(view, running, step, expired);
        if (mandatory && silent.isPresent()) {
            return silent;
        }
        return overdue(view, step, watch)
                ? Optional.of("Given up: no answer from " + step.site() + " in time.")
                : Optional.empty();
    }

    private static Optional<String> silent(View view, Running running, Step step,
            boolean expired) {
        String from = running.transition().from();
        boolean oldHolder = running.transition().kind() == Kind.SWITCHOVER
                && !running.granted() && step.site().equals(from)
                && view.ticket().phase() == Phase.REVOKING;
        if (expired && oldHolder) {
            return Optional.of(from + " did not release the service before its lease ended.");
        }
        boolean newHolder = running.granted() && view.held()
                && step.site().equals(view.ticket().holder());
        return expired && newHolder
                ? Optional.of(step.site() + " was granted the service but does not renew.")
                : Optional.empty();
    }

    private static boolean overdue(View view, Step step, Watch watch) {
        long limit = Work.attempts(step)
                * (view.setup().stepTimeout() + view.setup().backoff(Work.attempts(step)))
                + view.setup().settle();
        // A rebuild may take hours; its own monitor knows when it is over.
        return step.verb() != Step.Verb.RESYNC && Optional
                .ofNullable(watch.readySince().get(step.id()))
                .filter(since -> view.due(since + limit)).isPresent();
    }
}
