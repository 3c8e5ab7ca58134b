package io.siteswap.monitor.failover;

import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Ticket.Phase;
import io.siteswap.policy.facts.Health;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Decision.Kind;
import io.siteswap.policy.plan.Resource;
import io.siteswap.policy.plan.Transition;
import io.siteswap.policy.verdicts.Verdict;
import java.util.List;
import java.util.Optional;

/** What the leader decides for a service while no transition of it runs. */
final class Deciding {

    private Deciding() {
    }

    /**
     * @param expired the holder has not renewed for so long that it certainly is not active
     * @param leads this monitor leads since then
     */
    static void propose(View view, Watch watch, Evaluation evaluation, boolean expired,
            long leads, List<Command> out) {
        Optional<Command> decision = decide(view, watch, evaluation, expired, leads);
        decision.ifPresent(out::add);
        if (decision.isEmpty() && view.held()) {
            stance(view, evaluation).ifPresent(out::add);
        }
    }

    private static Optional<Command> decide(View view, Watch watch, Evaluation evaluation,
            boolean expired, long leads) {
        Optional<Decision> found = evaluation.decision(view.service());
        if (found.isEmpty() || !watch.mayTryAgain(view)) {
            return Optional.empty();
        }
        Decision decision = found.get();
        if (view.ticket().phase() == Phase.VACANT) {
            return decision.moves() && everyCandidateSeen(view, leads)
                    ? Optional.of(start(view, decision, false))
                    : Optional.empty();
        }
        if (view.state().request().isPresent()) {
            return answer(view, decision);
        }
        if (decision.kind() == Kind.FAILOVER && mayMove(view, watch, evaluation)) {
            return Optional.of(start(view, decision, false));
        }
        Optional<String> restore = restore(view, watch, decision, evaluation, expired);
        return restore.isPresent()
                ? restore.map(why -> restored(view, why))
                : record(view, watch, decision);
    }

    /** At the first start the site that happens to report first must not win by that. */
    private static boolean everyCandidateSeen(View view, long leads) {
        return view.due(leads + view.setup().settle())
                || view.shape().sites().stream().allMatch(site -> databasesKnown(view, site));
    }

    private static boolean databasesKnown(View view, String site) {
        return view.all().facts().containsKey(site)
                && view.databases(view.reported(site), site).stream()
                        .allMatch(it -> it.health() != Health.UNKNOWN);
    }

    /**
     * A holder without a running lease has stopped its servers itself, and one whose databases only
     * wait to be promoted has just been restarted: what their probes say is no reason to move. The
     * loss of the whole site is, and so is a holder that does not come back by itself.
     */
    private static boolean mayMove(View view, Watch watch, Evaluation evaluation) {
        String holder = view.ticket().holder();
        boolean leased = watch.silentSince().isEmpty() || watch.silentLong(view);
        return view.state().blocked().isEmpty() && (evaluation.lost(holder).isPresent()
                || (view.held() && watch.settled(view) && leased && !restarted(view, watch)));
    }

    /** The holder's databases are back and only wait to be promoted. */
    private static boolean restarted(View view, Watch watch) {
        String holder = view.ticket().holder();
        return watch.aborts() < 2
                && view.shape().resources(Resource.Type.PROMOTABLE).findAny().isPresent()
                && view.databasesAre(false, view.reported(holder), holder);
    }

    private static Optional<Command> answer(View view, Decision decision) {
        Command.Request request = view.state().request().orElseThrow();
        return switch (request.kind()) {
            // HELD: the request waits until the hold ends. So it does after a log that stood still,
            // until the sites have said anew how the replica stands.
            case SWITCHOVER -> decision.kind() == Kind.HELD || !view.due(view.pulse().trusted())
                    ? Optional.empty()
                    : Optional.of(start(view, decision, true));
            case RESYNC -> Optional.of(resync(view, request));
        };
    }

    private static Command resync(View view, Command.Request request) {
        String holder = view.ticket().holder();
        boolean standby = view.held() && !request.site().equals(holder)
                && view.shape().sites().contains(request.site());
        // A holder that was never promoted may lack what only the other site has.
        Optional<String> unfinished = view.state().unfinished();
        boolean fits = standby && unfinished.isEmpty();
        String why = fits
                ? request.operator() + " asks to rebuild " + request.site() + "."
                : request.site() + " cannot be rebuilt now: " + (standby
                        ? holder + " has not got to the end of taking over and may lack what only "
                                + request.site() + " has; ask again when it serves."
                        : "it must be a standby of a service that is held by another site.");
        Decision decision = new Decision(view.service(), fits ? Kind.STAY : Kind.REFUSED, holder,
                holder, List.of(why));
        return new Command.Decide(decision, view.ticket().epoch(), fits
                ? view.setup().planning().resync(view.service(), holder, request.site(),
                        view.shape().resources())
                : none(decision), true);
    }

    /** Why the holder should get its own service back, if it should. */
    private static Optional<String> restore(View view, Watch watch, Decision decision,
            Evaluation evaluation, boolean expired) {
        String holder = view.ticket().holder();
        if (evaluation.lost(holder).isPresent()) {
            return Optional.empty();
        }
        if (!view.held()) {
            return Optional.of(switch (view.ticket().phase()) {
                case RELEASED -> holder + " released the service and nobody else was granted it.";
                case FENCED -> holder + " was powered off, nobody else was granted the service,"
                        + " and it is heard again.";
                case VACANT, HELD, REVOKING -> "The move away from " + holder
                        + " was given up before the grant.";
            });
        }
        // Where policy wants to move, starting the old servers again would only put that off.
        boolean leaving = decision.kind() == Kind.FAILOVER && !restarted(view, watch);
        Optional<String> unfinished = view.state().unfinished();
        if (!expired && !leaving && unfinished.isPresent()) {
            return Optional.of(holder + " was granted the service and did not get to the end ("
                    + unfinished.get() + "); it takes over anew.");
        }
        // In maintenance somebody may have stopped them.
        boolean meant = view.state().inMaintenance();
        return !expired && !leaving && !meant && watch.unservedLong(view)
                ? Optional.of("The databases of " + holder + " do not accept writes although it "
                        + "holds the service; it takes over anew.")
                : Optional.empty();
    }

    private static Command restored(View view, String why) {
        String holder = view.ticket().holder();
        Decision decision = new Decision(view.service(), Kind.RESTORE, holder, holder,
                List.of(why));
        Transition plan = view.setup().planning().restore(view.service(), holder,
                view.shape().other(holder), view.shape().resources());
        return new Command.Decide(decision, view.ticket().epoch(),
                new Transition(view.service(), Kind.RESTORE, holder, holder, plan.steps()), false);
    }

    /** Holds, and the end of one, are worth remembering; that all is well is not. */
    private static Optional<Command> record(View view, Watch watch,
            Decision decision) {
        Optional<Decision> last = view.state().last();
        boolean known = last.filter(it -> it.kind() == decision.kind()
                && it.to().equals(decision.to())).isPresent();
        boolean worthIt = decision.kind() == Kind.HELD || (decision.kind() == Kind.STAY
                && last.filter(it -> it.kind() == Kind.HELD).isPresent());
        return !known && worthIt && watch.settled(view)
                ? Optional.of(new Command.Decide(decision, view.ticket().epoch(),
                        none(decision), false))
                : Optional.empty();
    }

    private static Command start(View view, Decision decision, boolean asked) {
        return new Command.Decide(decision, view.ticket().epoch(), decision.moves()
                ? view.setup().planning().of(decision, view.shape().resources())
                : none(decision), asked);
    }

    private static Transition none(Decision decision) {
        return new Transition(decision.service(), decision.kind(), decision.from(),
                decision.to(), List.of());
    }

    /** One stance at a time and improvements first: make before break (rule 5). */
    private static Optional<Command> stance(View view, Evaluation evaluation) {
        List<Verdict.Stance> news = evaluation.stances(view.service()).stream()
                .filter(it -> view.shape().sites().contains(it.site())
                        && !it.rung().equals(view.state().wanted().get(it.site())))
                .toList();
        Optional<Verdict.Stance> better = news.stream()
                .filter(it -> !worsens(view, it)).findFirst();
        return better.or(() -> news.stream().filter(it -> view.failStatic(it.site(),
                announced(view, it.site()), it.rung())).findFirst())
                .map(it -> new Command.WantStance(view.service(), it.site(), it.rung(),
                        it.reason()));
    }

    private static boolean worsens(View view, Verdict.Stance stance) {
        return view.setup().cluster().worsens(announced(view, stance.site()), stance.rung());
    }

    private static String announced(View view, String site) {
        return view.announced(view.reported(site), site);
    }
}
