package io.siteswap.monitor.failover;

import io.siteswap.monitor.failover.Effect.Note;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.policy.plan.Decision;
import java.util.List;
import java.util.Optional;

/** What the log's entries mean, as lines for people. */
final class Chronicle {

    private Chronicle() {
    }

    /** Does another site have to act on this entry? */
    static boolean concernsOthers(Command command) {
        return switch (command) {
            case Command.Decide _,Command.Released _,Command.Grant _,Command.StepOver _,Command.WantStance _ ->
                true;
            case Command.Join _,Command.Report _,Command.Renew _,Command.Request _,Command.Unblock _,Command.Nudge _ ->
                false;
        };
    }

    /** Notes for an entry that took effect. */
    static void tell(ClusterState before, Event.Applied event, List<Effect> out) {
        switch (event.command()) {
            case Command.Decide decide -> out.add(new Note(Note.Kind.DECISION,
                    decide.decision().service(), text(decide.decision())));
            case Command.Grant grant -> out.add(new Note(Note.Kind.TICKET, grant.service(),
                    grant.site() + " holds " + grant.service() + " under epoch "
                            + (grant.ifEpoch() + 1) + " (" + grant.basis() + ")."));
            case Command.Released it -> out.add(new Note(Note.Kind.TICKET, it.service(),
                    it.site() + " released " + it.service() + " (epoch " + it.epoch() + ")."));
            case Command.WantStance it -> out.add(new Note(Note.Kind.STANCE, it.service(),
                    it.site() + " should announce " + it.rung() + ": " + it.reason()));
            case Command.Request it -> out.add(new Note(Note.Kind.DECISION, it.service(),
                    it.operator() + " asks for a " + it.kind() + " to " + it.site() + "."));
            case Command.Unblock it -> out.add(new Note(Note.Kind.DECISION, it.service(),
                    "Automatic moves are allowed again, by " + it.by() + "."));
            case Command.StepOver _,Command.Join _,Command.Report _,Command.Renew _,Command.Nudge _ ->
                {
                }
        }
        event.state().services().keySet().stream().sorted().forEach(service -> before
                .service(service).ifPresent(old -> event.state().service(service)
                        .flatMap(it -> ended(service, old, it)).ifPresent(out::add)));
    }

    private static String text(Decision decision) {
        String what = switch (decision.kind()) {
            case STAY -> "stay at " + decision.to();
            case FAILOVER -> decision.from().isEmpty()
                    ? "start at " + decision.to()
                    : "move from " + decision.from() + " to " + decision.to();
            case SWITCHOVER -> "swap from " + decision.from() + " to " + decision.to();
            case RESTORE -> "restore " + decision.to();
            case HELD -> "held at " + decision.from();
            case REFUSED -> "refused";
        };
        return decision.service() + ": " + what + ". " + String.join(" ", decision.reasons());
    }

    private static Optional<Note> ended(String service, ServiceState before,
            ServiceState after) {
        if (before.running().isEmpty() || after.running().isPresent()) {
            return Optional.empty();
        }
        boolean aborted = !after.last().equals(before.last());
        String why = after.last().map(it -> it.reasons().getLast()).orElse("");
        return Optional.of(aborted
                ? new Note(Note.Kind.ALARM, service, "The transition ended early. " + why)
                : new Note(Note.Kind.TRANSITION, service, "The transition is complete."));
    }
}
