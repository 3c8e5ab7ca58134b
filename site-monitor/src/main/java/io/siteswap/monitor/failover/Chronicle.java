package io.siteswap.monitor.failover;

import io.siteswap.monitor.failover.Effect.Note;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.policy.plan.Decision;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the log's entries mean, as lines for people. */
final class Chronicle {

    private Chronicle() {
    }

    /** Does another site have to act on this entry? */
    static boolean concernsOthers(Command command) {
        return switch (command) {
            case Command.Decide _ -> true;
            case Command.Released _ -> true;
            case Command.PoweredOff _ -> true;
            case Command.Grant _ -> true;
            case Command.StepOver _ -> true;
            case Command.WantStance _ -> true;
            case Command.Join _ -> false;
            case Command.Report _ -> false;
            case Command.Renew _ -> false;
            case Command.Request _ -> false;
            case Command.Unblock _ -> false;
            case Command.Maintain _ -> false;
            case Command.Label _ -> false;
            case Command.Served _ -> false;
            case Command.Nudge _ -> false;
        };
    }

    /** Notes for an entry that took effect. */
    static void tell(ClusterState before, Event.Applied event, List<Effect> out) {
        news(event.command()).or(() -> account(before, event)).ifPresent(out::add);
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
                    it.operator() + " asks for a " + it.kind() + " to " + it.site()
                            + overriding(it.overrides()) + ".");
            case Command.PoweredOff it -> note(Note.Kind.TICKET, it.service(), it.site()
                    + " is without power, says " + it.by() + " (epoch " + it.epoch() + ").");
            case Command.Maintain it -> note(Note.Kind.DECISION, it.service(), it.operator()
                    + (it.reason().isEmpty() ? " ends" : " begins") + " maintenance of "
                    + it.service() + (it.site().isEmpty() ? "" : " at " + it.site())
                    + (it.reason().isEmpty() ? "." : ": " + it.reason()));
            case Command.Label it -> note(Note.Kind.DECISION, "", it.operator()
                    + (it.value().isEmpty()
                            ? " takes the label " + it.name() + " from " + it.site() + "."
                            : " labels " + it.site() + " " + it.name() + "=" + it.value() + "."));
            case Command.Unblock it -> note(Note.Kind.DECISION, it.service(),
                    "Automatic moves are allowed again, by " + it.by() + ".");
            // Steps are told where they are run; the rest is no news.
            case Command.StepOver _ -> Optional.empty();
            case Command.Join _ -> Optional.empty();
            case Command.Report _ -> Optional.empty();
            case Command.Renew _ -> Optional.empty();
            case Command.Nudge _ -> Optional.empty();
            case Command.Served _ -> Optional.empty();
        };
    }

    private static String overriding(List<String> rules) {
        return rules.isEmpty()
                ? ""
                : " and overrides " + rules.stream().map(it -> "\"" + it + "\"")
                        .collect(Collectors.joining(", "));
    }

    /** Said only when it is news: two leaders may both have written it down. */
    private static Optional<Note> account(ClusterState before, Event.Applied event) {
        if (!(event.command() instanceof Command.Served it) || before.equals(event.state())) {
            return Optional.empty();
        }
        return before.service(it.service()).flatMap(old -> note(Note.Kind.HEALTH, it.service(),
                it.up()
                        ? old.ledger().outage().map(outage -> it.service()
                                + " can be used again, after "
                                + (Math.max(it.at(), outage.from()) - outage.from()) + " ms.")
                                .orElse(it.service() + " can be used.")
                        : it.service() + " cannot be used: " + it.cause()));
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
