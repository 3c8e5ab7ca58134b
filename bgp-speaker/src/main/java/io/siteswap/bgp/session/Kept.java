package io.siteswap.bgp.session;

import io.siteswap.bgp.session.Effect.Arm;
import io.siteswap.bgp.session.Effect.Disarm;
import io.siteswap.bgp.session.Effect.Flush;
import io.siteswap.bgp.session.Effect.Stale;
import io.siteswap.bgp.wire.Family;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The routes of a neighbour that outlived their session.
 *
 * <pre>
 * nothing -> restarting (session ended) | aged (ended, restart time 0)
 * restarting -> aged (RESTART) | nothing (RESTART, nothing long-lived)
 * aged -> aged (LONG_LIVED: the first families are over) | nothing (the last)
 * restarting, aged -> returning (session up again, forwarding preserved) | nothing
 * returning -> nothing (End-of-RIB of every family, or STALE)
 * </pre>
 *
 * @param what absent: nothing
 */
record Kept(Optional<Retention> what, Phase phase) {

    enum Phase {
        RESTARTING, AGED, RETURNING
    }

    /**
     * How long a neighbour that is back may take to its End-of-RIB: a full table from a slow
     * router takes minutes.
     */
    static final Duration RETURN = Duration.ofMinutes(6);

    static final Kept NOTHING = new Kept(Optional.empty(), Phase.RESTARTING);

    record Next(Kept kept, List<Effect> effects) {
    }

    Set<Family> families() {
        return what.map(Retention::families).orElse(Set.of());
    }

    /** The session ended; what was kept from the one before is older still, and goes. */
    Next ended(Optional<Retention> retention) {
        List<Effect> effects = new ArrayList<>(disarm());
        if (retention.isEmpty()) {
            return new Next(NOTHING, effects);
        }
        if (retention.get().restartTime().isZero()) {
            Next aged = new Kept(retention, Phase.RESTARTING).aged();
            effects.addAll(aged.effects);
            return new Next(aged.kept, effects);
        }
        effects.add(new Arm(TimerKind.RESTART, retention.get().restartTime()));
        return new Next(new Kept(retention, Phase.RESTARTING), effects);
    }

    /** Nobody wants them any more. */
    Next dropped() {
        return what.isEmpty() ? new Next(this, List.of()) : flush(families(), NOTHING, disarm());
    }

    Next expired(TimerKind timer) {
        boolean due = switch (timer) {
            case RESTART -> phase == Phase.RESTARTING;
            case LONG_LIVED -> phase == Phase.AGED;
            case STALE -> phase == Phase.RETURNING;
            case CONNECT_RETRY, HOLD, KEEPALIVE, IDLE_HOLD, SEND_HOLD, RESTARTED -> false;
        };
        if (!due || what.isEmpty()) {
            return new Next(this, List.of());
        }
        return switch (phase) {
            case RESTARTING -> aged();
            case AGED -> older();
            case RETURNING -> dropped();
        };
    }

    private Next aged() {
        Retention all = what.orElseThrow();
        Set<Family> over = Retention.where(all.families(), f -> !all.agelong().contains(f));
        Retention left = all.without(over);
        List<Effect> effects = new ArrayList<>();
        if (!over.isEmpty()) {
            effects.add(new Flush(over));
        }
        if (left.families().isEmpty()) {
            return new Next(NOTHING, effects);
        }
        effects.add(new Stale(left.families()));
        effects.add(new Arm(TimerKind.LONG_LIVED, left.shortest()));
        return new Next(new Kept(Optional.of(left), Phase.AGED), effects);
    }

    private Next older() {
        Retention before = what.orElseThrow();
        Retention after = before.after(before.shortest());
        Set<Family> over = Retention.where(after.families(), f -> !after.agelong().contains(f));
        Retention left = after.without(over);
        return flush(over, left.families().isEmpty()
                ? NOTHING
                : new Kept(Optional.of(left), Phase.AGED),
                left.families().isEmpty()
                        ? List.of()
                        : List.of(new Arm(TimerKind.LONG_LIVED, left.shortest())));
    }

    /** The session is up again: what its forwarding did not preserve is gone at once. */
    Next returned(Negotiated negotiated) {
        if (what.isEmpty()) {
            return new Next(this, List.of());
        }
        Set<Family> preserved = EnumSet.noneOf(Family.class);
        negotiated.restart().ifPresent(restart -> {
            preserved.addAll(restart.forwarding());
            if (phase == Phase.AGED) {
                preserved.addAll(restart.longLivedForwarding());
            }
        });
        Set<Family> gone = Retention.where(families(), f -> !preserved.contains(f));
        Retention left = what.get().without(gone);
        List<Effect> effects = new ArrayList<>(disarm());
        if (left.families().isEmpty()) {
            return flush(gone, NOTHING, effects);
        }
        effects.add(new Arm(TimerKind.STALE, RETURN));
        return flush(gone, new Kept(Optional.of(left), Phase.RETURNING), effects);
    }

    /** End-of-RIB: the table sweeps what was not announced again. */
    Next complete(Family family) {
        if (phase != Phase.RETURNING || !families().contains(family)) {
            return new Next(this, List.of());
        }
        Retention left = what.orElseThrow().without(Set.of(family));
        return left.families().isEmpty()
                ? new Next(NOTHING, List.of(new Disarm(TimerKind.STALE)))
                : new Next(new Kept(Optional.of(left), phase), List.of());
    }

    private static Next flush(Set<Family> gone, Kept next, List<Effect> others) {
        List<Effect> effects = new ArrayList<>(others);
        if (!gone.isEmpty()) {
            effects.add(new Flush(gone));
        }
        return new Next(next, effects);
    }

    private List<Effect> disarm() {
        return what.isEmpty()
                ? List.of()
                : List.of(new Disarm(switch (phase) {
                    case RESTARTING -> TimerKind.RESTART;
                    case AGED -> TimerKind.LONG_LIVED;
                    case RETURNING -> TimerKind.STALE;
                }));
    }
}
