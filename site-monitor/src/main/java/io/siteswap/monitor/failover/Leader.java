package io.siteswap.monitor.failover;

import io.siteswap.monitor.failover.Effect.Note;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.policy.facts.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the monitor that leads does besides: evaluates policy, decides, grants, gives up what does
 * not come. Everything it wants is derived from the log and its clocks, so that a new leader goes
 * on where the old one stopped.
 *
 * @param since leads since; rule 3: the holder is assumed to have renewed until then
 * @param timed the part of the evaluation's facts that the clock told
 * @param stale the log went on since policy was asked; it is not asked while this monitor is behind
 * @param powers whose site is being powered off, by service
 * @param books what the ledgers do not have yet, by service
 */
record Leader(long since, Evaluation evaluation, List<Fact> timed, Map<String, Watch> watches,
        boolean stale, Map<String, Power> powers, Map<String, Bookkeeper> books) {

    Leader {
        timed = List.copyOf(timed);
        watches = Map.copyOf(watches);
        powers = Map.copyOf(powers);
        books = Map.copyOf(books);
    }

    static Leader elected(Setup setup, long now) {
        Map<String, Watch> watches = new HashMap<>();
        setup.cluster().services()
                .forEach(service -> watches.put(service.name(), Watch.from(now)));
        return new Leader(now, Evaluation.NONE, List.of(), watches, true, Map.of(), Map.of());
    }

    /** A log entry turned one state into the next. */
    Leader changed(ClusterState before, ClusterState after, long now) {
        Map<String, Watch> next = new HashMap<>(watches);
        after.services().forEach((name, state) -> before.service(name).ifPresent(old -> next
                .computeIfPresent(name, (_, watch) -> watch.changed(old, state, now))));
        return new Leader(since, evaluation, timed, next, true, powers, books);
    }

    /** Is that the power-off that the service waits for? */
    boolean awaits(Event.PoweredOff event) {
        Power power = powers.get(event.service());
        return power != null && power.epoch() == event.epoch();
    }

    /** Fence devices have done what they could. */
    Leader poweredOff(Event.PoweredOff event, Setup setup) {
        if (!awaits(event)) {
            return this;
        }
        Map<String, Power> next = new HashMap<>(powers);
        next.computeIfPresent(event.service(), (_, power) -> power.ended(event, setup));
        return new Leader(since, evaluation, timed, watches, stale, next, books);
    }

    /**
     * Looks at everything anew; policy is asked only when a fact has changed, be it by a report or
     * because time has passed.
     */
    Leader look(Setup setup, ClusterState state, List<View> views, Map<String, Long> renewed,
            List<Effect> out) {
        Map<String, Watch> seen = new HashMap<>(watches);
        List<Fact> times = new ArrayList<>();
        for (View view : views) {
            Watch watch = seen.get(view.service());
            if (watch != null) {
                Watch next = watch.at(view, lastRenewal(view, renewed));
                seen.put(view.service(), next);
                Facts.timed(view, next, times);
            }
        }
        boolean anew = stale || !times.equals(timed);
        Evaluation next = anew
                ? evaluated(setup, Facts.of(setup.cluster(), state, times), out)
                : evaluation;
        // Whether a service can be used follows from what was compared here; the clock is in times.
        boolean same = !anew && books.isEmpty() && seen.equals(watches);
        return new Leader(since, next, times, seen, false, powers(views, next, renewed, out),
                same ? books : books(views, seen, next, renewed, out));
    }

    private Map<String, Power> powers(List<View> views, Evaluation now,
            Map<String, Long> renewed, List<Effect> out) {
        Map<String, Power> next = new HashMap<>();
        for (View view : views) {
            Power.look(Optional.ofNullable(powers.get(view.service())), view, now,
                    expired(view, renewed), out).ifPresent(it -> next.put(view.service(), it));
        }
        return next;
    }

    private Map<String, Bookkeeper> books(List<View> views, Map<String, Watch> seen,
            Evaluation now, Map<String, Long> renewed, List<Effect> out) {
        Map<String, Bookkeeper> next = new HashMap<>();
        for (View view : views) {
            Watch watch = seen.get(view.service());
            if (watch != null) {
                Bookkeeper.look(Optional.ofNullable(books.get(view.service())), view,
                        Serving.of(view, watch, now, lastRenewal(view, renewed)), out)
                        .ifPresent(it -> next.put(view.service(), it));
            }
        }
        return next;
    }

    private Evaluation evaluated(Setup setup, List<Fact> facts, List<Effect> out) {
        if (facts.equals(evaluation.facts())) {
            return evaluation;
        }
        Evaluation next = Evaluation.of(setup, facts);
        next.alarms().stream().filter(it -> !evaluation.alarms().contains(it))
                .map(it -> new Note(Note.Kind.ALARM, it.service(), it.reason()))
                .forEach(out::add);
        return next;
    }

    /**
     * Commands that the log should have and does not have yet.
     *
     * @param renewed when the last renewal or grant of each service was applied here
     */
    void propose(View view, Map<String, Long> renewed, List<Command> out) {
        Watch watch = watches.get(view.service());
        if (watch == null) {
            return;
        }
        boolean expired = expired(view, renewed);
        Optional.ofNullable(powers.get(view.service())).flatMap(it -> it.command(view))
                .ifPresent(out::add);
        if (view.running().isPresent()) {
            Progress.propose(view, watch, evaluation, expired, out);
        } else {
            Deciding.propose(view, watch, evaluation, expired, since, out);
        }
        if (watch.blockedSince().filter(it -> view.due(it + view.setup().cooldown()))
                .isPresent()) {
            out.add(new Command.Unblock(view.service(), "the end of the cool-down"));
        }
    }

    /** A lease was not renewed in time: the next renewal is news. */
    boolean missesRenewals() {
        return watches.values().stream().anyMatch(it -> it.silentSince().isPresent());
    }

    /** The holder certainly is not active any more (rule 3). */
    private boolean expired(View view, Map<String, Long> renewed) {
        return view.due(lastRenewal(view, renewed) + view.setup().expiry());
    }

    /** The holder certainly has not renewed after this. */
    private long lastRenewal(View view, Map<String, Long> renewed) {
        long last = renewed.getOrDefault(view.service(), since);
        return last - since > 0 ? last : since;
    }
}
