package io.siteswap.monitor.guard;

import io.siteswap.monitor.guard.Hold.Clear;
import io.siteswap.monitor.guard.Hold.Fencing;
import io.siteswap.monitor.guard.Hold.Leased;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The guard of one site as a value: it knows until when each service may be active here, and fences
 * the ones whose time ran out without the monitor having given them up.
 *
 * @param holds by service
 * @param linked a monitor is connected
 */
public record GuardState(Bounds bounds, Map<String, Hold> holds, boolean linked) {

    public GuardState {
        holds = Map.copyOf(holds);
    }

    /**
     * All in ns.
     *
     * @param lease no honest lease ends later than this from now
     * @param fence the fence bound: after a lease, so long
     * @param grace what a monitor that is connected gets to fence by itself; a part of the fence
     *     bound, of which the rest must suffice for our fence
     * @param retry pause after a fence that failed
     */
    public record Bounds(long lease, long fence, long grace, long retry) {

        private static final int GRACE_PART = 5;
        private static final int RETRY_PART = 10;

        public static Bounds of(long lease, long fenceBound) {
            return new Bounds(lease, fenceBound, fenceBound / GRACE_PART,
                    fenceBound / RETRY_PART);
        }
    }

    /** The next state and what is to be done, in this order. */
    public record Stepped(GuardState next, List<GuardEffect> effects) {
        public Stepped {
            effects = List.copyOf(effects);
        }
    }

    /**
     * A guard that has just started, with what its predecessor has kept. A monitor that lives finds
     * it within the grace, so even a lease that is over by that knowledge is fenced only after it:
     * it may have been renewed while there was no guard.
     */
    public static GuardState started(Bounds bounds, Map<String, Hold> kept, long now) {
        long soonest = now + bounds.grace();
        Map<String, Hold> holds = new TreeMap<>(kept);
        holds.replaceAll((_, hold) -> hold instanceof Leased it && it.until() - soonest < 0
                ? new Leased(it.epoch(), soonest, it.own(), true)
                : hold);
        return new GuardState(bounds, holds, false);
    }

    /** Takes in what happened, then does all that is due. */
    public Stepped step(GuardEvent event) {
        List<GuardEffect> out = new ArrayList<>();
        GuardState next = switch (event) {
            case GuardEvent.Linked _ -> linked(out);
            case GuardEvent.Unlinked _ -> new GuardState(bounds, holds, false);
            case GuardEvent.Told told -> told(told.line(), told.now(), out);
            case GuardEvent.Tick _ -> this;
            case GuardEvent.Fenced fenced -> fenced(fenced, out);
        };
        return new Stepped(next.due(event.now(), out), out);
    }

    /** Nothing can be active here. */
    public boolean idle() {
        return holds.values().stream().allMatch(Clear.class::isInstance);
    }

    /**
     * May everybody here stand still from {@code now} on for {@code span}, and be gone only then? No
     * longer than until the fence bound of any lease is over; while something is being fenced, not at
     * all.
     */
    public boolean mayWait(long now, long span) {
        return holds.values().stream().allMatch(hold -> switch (hold) {
            case Leased leased -> now + span - leased.until() - bounds.fence() <= 0;
            case Fencing _ -> false;
            case Clear _ -> true;
        });
    }

    /** When the next {@link GuardEvent.Tick} has something to do. */
    public OptionalLong wakeAt() {
        OptionalLong first = OptionalLong.empty();
        for (Hold hold : holds.values()) {
            OptionalLong at = switch (hold) {
                case Leased leased -> OptionalLong.of(fenceAt(leased));
                case Fencing fencing -> fencing.inFlight()
                        ? OptionalLong.empty()
                        : OptionalLong.of(fencing.retryAt());
                case Clear _ -> OptionalLong.empty();
            };
            boolean sooner = at.isPresent()
                    && (first.isEmpty() || at.getAsLong() - first.getAsLong() < 0);
            first = sooner ? at : first;
        }
        return first;
    }

    // Nobody else fences once the monitor is gone: then there is nothing to wait for.
    private long fenceAt(Leased leased) {
        return leased.until() + (linked ? bounds.grace() : 0);
    }

    private GuardState with(String service, Hold hold) {
        Map<String, Hold> next = new TreeMap<>(holds);
        next.put(service, hold);
        return new GuardState(bounds, next, linked);
    }

    /** A monitor that has just started knows neither what was fenced nor what may still be active. */
    private GuardState linked(List<GuardEffect> out) {
        new TreeMap<>(holds).forEach((service, hold) -> {
            switch (hold) {
                case Clear clear -> out.add(new GuardEffect.Answer(
                        new Line.Fenced(service, clear.epoch())));
                case Leased leased -> {
                    out.add(new GuardEffect.Answer(new Line.Taken(service, leased.epoch())));
                    out.add(new GuardEffect.Answer(
                            new Line.Lease(service, leased.epoch(), leased.until())));
                }
                case Fencing fencing -> out.add(new GuardEffect.Answer(
                        new Line.Fencing(service, fencing.epoch())));
            }
        });
        return new GuardState(bounds, holds, true);
    }

    private GuardState told(Line line, long now, List<GuardEffect> out) {
        return switch (line) {
            case Line.Lease lease -> leased(lease, now, out);
            case Line.Fencing it -> holds.get(it.service()) instanceof Leased leased
                    && leased.epoch() <= it.epoch()
                            ? with(it.service(), new Leased(leased.epoch(), leased.until(), true,
                                    leased.over()))
                            : this;
            case Line.Clear it -> cleared(it, out);
            case Line.Hello _,Line.Taken _,Line.Fenced _ -> this;
        };
    }

    private GuardState leased(Line.Lease lease, long now, List<GuardEffect> out) {
        if (lease.until() - now > bounds.lease()) {
            out.add(new GuardEffect.Note(true, "The monitor claims a lease of service "
                    + lease.service() + " for longer than a lease lasts: it is not taken."));
            return this;
        }
        Hold hold = holds.get(lease.service());
        if (hold instanceof Fencing) {
            // One thing after the other: the next renewal asks again.
            return this;
        }
        if (hold instanceof Clear clear && lease.epoch() <= clear.epoch()) {
            out.add(new GuardEffect.Answer(new Line.Fenced(lease.service(), clear.epoch())));
            return this;
        }
        if (hold instanceof Leased leased && lease.epoch() <= leased.epoch()) {
            boolean later = lease.epoch() == leased.epoch() && lease.until() - leased.until() > 0;
            if (!later) {
                return this;
            }
            out.add(new GuardEffect.Save(false));
            return with(lease.service(), taken(lease));
        }
        out.add(new GuardEffect.Save(true));
        out.add(new GuardEffect.Answer(new Line.Taken(lease.service(), lease.epoch())));
        out.add(new GuardEffect.Note(false, "Guards service " + lease.service() + " under epoch "
                + lease.epoch() + "."));
        return with(lease.service(), taken(lease));
    }

    private static Leased taken(Line.Lease lease) {
        return new Leased(lease.epoch(), lease.until(), false);
    }

    private GuardState cleared(Line.Clear clear, List<GuardEffect> out) {
        Hold hold = holds.get(clear.service());
        boolean older = hold == null || hold.epoch() > clear.epoch();
        boolean fencing = hold instanceof Fencing it && it.inFlight();
        if (older || fencing || new Clear(clear.epoch()).equals(hold)) {
            return this;
        }
        out.add(new GuardEffect.Save(true));
        out.add(new GuardEffect.Note(false, "Service " + clear.service()
                + " was given up by the monitor, epoch " + clear.epoch() + "."));
        return with(clear.service(), new Clear(clear.epoch()));
    }

    private GuardState fenced(GuardEvent.Fenced fenced, List<GuardEffect> out) {
        if (!(holds.get(fenced.service()) instanceof Fencing fencing) || !fencing.inFlight()) {
            return this;
        }
        out.add(new GuardEffect.Note(true, (fenced.ok()
                ? "Fenced service "
                : "Fencing failed, trying again, service ") + fenced.service() + ", epoch "
                + fenced.epoch() + ": " + fenced.detail()));
        if (!fenced.ok()) {
            return with(fenced.service(),
                    new Fencing(fencing.epoch(), false, fenced.now() + bounds.retry()));
        }
        out.add(new GuardEffect.Save(true));
        out.add(new GuardEffect.Answer(new Line.Fenced(fenced.service(), fencing.epoch())));
        return with(fenced.service(), new Clear(fencing.epoch()));
    }

    private GuardState due(long now, List<GuardEffect> out) {
        GuardState next = this;
        for (Map.Entry<String, Hold> one : new TreeMap<>(holds).entrySet()) {
            String service = one.getKey();
            Hold hold = one.getValue();
            boolean over = switch (hold) {
                case Leased leased -> now - fenceAt(leased) >= 0;
                case Fencing fencing -> !fencing.inFlight() && now - fencing.retryAt() >= 0;
                case Clear _ -> false;
            };
            if (!over) {
                continue;
            }
            String why = linked
                    ? "The monitor let the lease of service " + service + " run out."
                    : "The lease of service " + service + " ran out and the monitor is gone.";
            if (linked && hold instanceof Leased leased && !leased.own()) {
                out.add(new GuardEffect.Kill(why));
            }
            next = next.with(service, new Fencing(hold.epoch(), true, now));
            out.add(new GuardEffect.Fence(service, hold.epoch(), why));
            // After the fence has begun: a slow disk holds up no fence.
            out.add(new GuardEffect.Save(false));
        }
        return next;
    }
}
