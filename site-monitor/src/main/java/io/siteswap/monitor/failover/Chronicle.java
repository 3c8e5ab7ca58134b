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
            case Command.Decide _ -> true;
            case Command.Released _ -> true;
            case Command.Grant _ -> true;
            case Command.StepOver _ -> true;
            case Command.WantStance _ -> true;
            case Command.Join _ -> false;
            case Command.Report _ -> false;
            case Command.Renew _ -> false;
            case Command.Request _ -> false;
            case Command.Unblock _ -> false;
            case Command.Nudge _ -> false;
        };
    }

    /** Notes for an entry that took effect. */
    static void tell(ClusterState before, Event.Applied event, List<Effect> out) {
        news(event.command()).ifPresent(out::add);
        event.state().services().keySet().stream().sorted().forEach(service -> before
                .service(service).ifPresent(old -> event.state().service(service)
                        .flatMap(it -> ended(service, old, it)).ifPresent(out::add)));
    }

    private static Optional<Note> news(Command command) {
        return switch (command) {
            case Command.Decide it -> note(Note.Kind.DECISION, it.decision().service(),
                    text(it.decision()));
            case Command.Grant it -> note(Note.Kind.TICKET, it.service(), it.site() + " holds "
                    + it.service() + " under epoch " + (it.ifEpoch() + 1) + " (" + it.basis()
                    + ").");
            case Command.Released it -> note(Note.Kind.TICKET, it.service(),
                    it.site() + " released " + it.service() + " (epoch " + it.epoch() + ").");
            case Command.WantStance it -> note(Note.Kind.STANCE, it.service(),
                    it.site() + " should announce " + it.rung() + ": " + it.reason());
            case Command.Request it -> note(Note.Kind.DECISION, it.service(),
                    it.operator() + " asks for a " + it.kind() + " to " + it.site() + ".");
            case Command.Unblock it -> note(Note.Kind.DECISION, it.service(),
                    "Automatic moves are allowed again, by " + it.by() + ".");
            // Steps are told where they are run; the rest is no news.
            case Command.StepOver _ -> Optional.empty();
            case Command.Join _ -> Optional.empty();
            case Command.Report _ -> Optional.empty();
            case Command.Renew _ -> Optional.empty();
            case Command.Nudge _ -> Optional.empty();
        };
    }

    private static Optional<Note> note(Note.Kind kind, String service, String text) {
        return Optional.of(new Note(kind, service, text));
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
