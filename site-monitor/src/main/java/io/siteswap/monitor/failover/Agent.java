package io.siteswap.monitor.failover;

import io.siteswap.monitor.failover.Effect.Note;
import io.siteswap.monitor.failover.Standing.Fencing;
import io.siteswap.monitor.failover.Standing.Idle;
import io.siteswap.monitor.failover.Standing.Unsure;
import io.siteswap.monitor.quorum.ClusterState.Outcome;
import io.siteswap.monitor.quorum.ClusterState.Running;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Ticket.Phase;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Step;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What every monitor does for one service at its own site: keep the lease, fence, carry out its
 * steps, report how they ended.
 *
 * @param works steps taken up, by their key
 * @param announced what a step of ours has announced; the probes need a moment to see it
 */
record Agent(Standing standing, Map<String, Work> works, Optional<Announced> announced) {

    /** @param until after this moment the probes know better */
    record Announced(String rung, long until) {
    }

    Agent {
        works = Map.copyOf(works);
    }

    static Agent started(Setup setup, long now) {
        return new Agent(new Unsure(0, now + setup.lease()), Map.of(), Optional.empty());
    }

    Agent with(Standing next) {
        return next.equals(standing) ? this : new Agent(next, works, announced);
    }

    private Agent with(String key, Work work) {
        Map<String, Work> next = new HashMap<>(works);
        next.put(key, work);
        return new Agent(standing, next, announced);
    }

    private Agent without(String key) {
        Map<String, Work> next = new HashMap<>(works);
        next.remove(key);
        return new Agent(standing, next, announced);
    }

    /** What this site announces, as far as this monitor knows. */
    Optional<String> announces(View view, Sight sight) {
        return announced.filter(it -> !view.due(it.until())).map(Announced::rung)
                .or(() -> view.announcement(sight.facts(), view.site())
                        .map(Fact.Announcement::rung));
    }

    private Agent announcing(Optional<Announced> now) {
        return now.equals(announced) ? this : new Agent(standing, works, now);
    }

    /** Does what is due now; effects are added to {@code out}. */
    Agent act(View view, Sight sight, List<Effect> out) {
        Agent next = forgetOthers(view);
        next = next.with(LeaseKeeper.advance(next.standing, view, sight.facts(),
                next.wentWell(view)));
        next = next.fenceIfDue(view, out);
        return view.current() ? next.runDue(view, sight, out) : next;
    }

    /** Results of another transition than the running one count no more. */
    private Agent forgetOthers(View view) {
        if (works.isEmpty()) {
            return this;
        }
        long current = view.running().map(Running::epoch).orElse(Work.CHORE);
        Map<String, Work> kept = new HashMap<>(works);
        boolean some = kept.values().removeIf(work -> !work.inFlight()
                && work.transition() != Work.CHORE && work.transition() != current);
        return some ? new Agent(standing, kept, announced) : this;
    }

    private Agent fenceIfDue(View view, List<Effect> out) {
        boolean due = standing instanceof Fencing fencing && !fencing.inFlight()
                && view.due(fencing.retryAt());
        if (!due) {
            return this;
        }
        Fencing fencing = (Fencing) standing;
        out.add(new Effect.Fence(view.service(), fencing.epoch(), fencing.why()));
        out.add(new Note(Note.Kind.FENCE, view.service(),
                view.site() + " fences itself: " + fencing.why()));
        return with(new Fencing(fencing.epoch(), true, fencing.retryAt(), fencing.why()));
    }

    private Agent runDue(View view, Sight sight, List<Effect> out) {
        Agent next = this;
        List<Step> due = view.running().isPresent()
                ? Duties.ready(view, sight, this)
                : Duties.chores(view, sight, this);
        long transition = view.running().map(Running::epoch).orElse(Work.CHORE);
        for (Step step : due) {
            String key = step.id();
            int failures = Optional.ofNullable(next.works.get(key))
                    .filter(it -> it.step().equals(step)).map(Work::failures).orElse(0);
            long token = view.ticket().epoch();
            next = next.with(key, Work.begun(step, transition, token, failures));
            out.add(new Effect.Run(view.service(), token, step));
        }
        return next;
    }

    /** Ids of this site's steps of the running transition that went well, committed or not yet. */
    Set<String> wentWell(View view) {
        if (view.running().isEmpty()) {
            return Set.of();
        }
        Set<String> well = new HashSet<>();
        Running running = view.running().get();
        for (Step step : running.transition().steps()) {
            if (step.site().equals(view.site())
                    && outcome(running, step.id()).filter(Outcome::ok).isPresent()) {
                well.add(step.id());
            }
        }
        return well;
    }

    /** How a step of the running transition ended, as far as this monitor knows. */
    Optional<Outcome> outcome(Running running, String id) {
        Outcome committed = running.over().get(id);
        return committed != null
                ? Optional.of(committed)
                : Optional.ofNullable(works.get(id))
                        .filter(it -> it.transition() == running.epoch())
                        .flatMap(Work::outcome);
    }

    /** A step that was run has ended. */
    Agent stepOver(View view, Event.StepOver over, List<Effect> out) {
        Work work = works.get(over.step());
        if (work == null || !work.inFlight() || work.token() != over.epoch()) {
            return this;
        }
        boolean chore = work.transition() == Work.CHORE;
        boolean current = chore || view.running()
                .filter(it -> it.epoch() == work.transition()).isPresent();
        out.add(new Note(chore && work.step().verb() == Step.Verb.STANCE
                ? Note.Kind.STANCE
                : Note.Kind.STEP, view.service(),
                over.step() + (over.ok() ? " done: " : " failed: ") + over.detail()));
        Agent next = current ? with(over.step(), ended(work, over, view)) : without(over.step());
        if (over.ok() && work.step().verb() == Step.Verb.STANCE) {
            next = next.announcing(Optional.of(new Announced(work.step().argument(),
                    over.now() + view.setup().settle())));
        }
        boolean tooLate = over.ok() && work.step().activates()
                && !standing.activeAt(over.epoch(), over.now());
        return tooLate && !(standing instanceof Fencing)
                ? next.with(LeaseKeeper.fence(over.epoch(), view,
                        over.step() + " ended after the lease."))
                : next;
    }

    private static Work ended(Work work, Event.StepOver over, View view) {
        boolean chore = work.transition() == Work.CHORE;
        if (over.ok()) {
            Outcome done = new Outcome(true, over.detail());
            return chore
                    ? work.kept(done, over.now() + view.setup().settle())
                    : work.ended(done);
        }
        if (chore || work.failures() + 1 < Work.attempts(work.step())) {
            return work.failed(over.now() + view.setup().backoff(work.failures()));
        }
        return work.ended(new Outcome(false, over.detail()));
    }

    Agent fenced(View view, Event.Fenced fenced, List<Effect> out) {
        out.add(new Note(fenced.ok() ? Note.Kind.FENCE : Note.Kind.ALARM, view.service(),
                (fenced.ok() ? "Fenced: " : "Fencing failed, trying again: ")
                        + fenced.detail()));
        return with(LeaseKeeper.fenced(standing, view, fenced.ok()))
                .announcing(Optional.empty());
    }

    /** Should a renewal be sent for this service? */
    boolean renews(View view) {
        if (standing instanceof Unsure && !view.joined()) {
            return true;
        }
        return view.mine() && view.held() && !standing.gaveUp(view.ticket().epoch());
    }

    /** Commands that the log should have and does not have yet. */
    void propose(View view, List<Command> out) {
        view.running().ifPresent(running -> works.values().stream()
                .filter(it -> it.transition() == running.epoch() && it.outcome().isPresent()
                        && !running.over().containsKey(it.step().id()))
                .sorted(Comparator.comparing(it -> it.step().id()))
                .map(it -> new Command.StepOver(view.service(), running.epoch(),
                        it.step().id(), it.outcome().get().ok(), it.outcome().get().detail()))
                .forEach(out::add));
        boolean holds = view.mine()
                && (view.held() || view.ticket().phase() == Phase.REVOKING);
        if (view.joined() && holds && standing instanceof Idle && !activating()
                && standing.gaveUp(view.ticket().epoch())) {
            out.add(new Command.Released(view.service(), view.site(), view.ticket().epoch(),
                    view.setup().run()));
        }
    }

    private boolean activating() {
        return works.values().stream().anyMatch(it -> it.inFlight() && it.step().activates());
    }
}
