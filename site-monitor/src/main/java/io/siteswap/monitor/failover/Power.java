package io.siteswap.monitor.failover;

import io.siteswap.monitor.failover.Effect.Note;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Ticket.Phase;
import io.siteswap.policy.plan.Decision.Kind;
import java.util.List;
import java.util.Optional;

/**
 * How the leader has the site of a holder that was lost powered off (rule 3). Volatile: a new leader
 * asks the devices again, and what has no power is off already.
 *
 * @param epoch of the ticket that is being taken away
 * @param inFlight the devices work
 * @param failures how often they have not confirmed
 * @param notBefore when to ask them again
 * @param by who confirmed it; empty until then
 */
record Power(long epoch, boolean inFlight, int failures, long notBefore, Optional<String> by) {

    /**
     * Asks the devices where that is due.
     *
     * @param before what was asked for this service before, if anything
     * @param expired the holder certainly is not active any more, if it keeps its promises
     */
    static Optional<Power> look(Optional<Power> before, View view, Evaluation evaluation,
            boolean expired, List<Effect> out) {
        if (!wanted(view, evaluation, expired)) {
            return Optional.empty();
        }
        long epoch = view.ticket().epoch();
        Power now = before.filter(it -> it.epoch() == epoch)
                .orElse(new Power(epoch, false, 0, view.now(), Optional.empty()));
        if (now.inFlight() || now.by().isPresent() || !view.due(now.notBefore())) {
            return Optional.of(now);
        }
        String site = view.ticket().holder();
        out.add(new Effect.PowerOff(view.service(), site, epoch));
        out.add(new Note(Note.Kind.FENCE, view.service(),
                site + " is being powered off: it was lost with the service."));
        return Optional
                .of(new Power(epoch, true, now.failures(), now.notBefore(), Optional.empty()));
    }

    /** A planned move asks the holder itself; only one that does not answer is powered off. */
    private static boolean wanted(View view, Evaluation evaluation, boolean expired) {
        String holder = view.ticket().holder();
        boolean leaves = view.ticket().phase() == Phase.REVOKING
                && view.running().filter(it -> it.transition().kind() == Kind.FAILOVER
                        && !it.transition().to().equals(holder)).isPresent();
        return leaves && view.shape().fenceable(holder) && !holder.equals(view.site())
                && (evaluation.lost(holder).isPresent()
                        || (expired && view.shape().confirmed(holder)));
    }

    /** The devices have done what they could. */
    Power ended(Event.PoweredOff it, Setup setup) {
        return it.ok()
                ? new Power(epoch, false, failures, notBefore, Optional.of(it.detail()))
                : new Power(epoch, false, failures + 1, it.now() + setup.backoff(failures),
                        Optional.empty());
    }

    /** What the log should have: with it another site may be granted the service. */
    Optional<Command> command(View view) {
        return by.map(it -> new Command.PoweredOff(view.service(), view.ticket().holder(), epoch,
                it));
    }
}
