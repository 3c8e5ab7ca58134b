package io.siteswap.lab.sim;

import io.siteswap.monitor.failover.Effect;
import io.siteswap.monitor.failover.Event;
import io.siteswap.monitor.failover.Node;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Quorum;
import io.siteswap.monitor.quorum.Reply;
import io.siteswap.monitor.quorum.Ticket;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** A monitor's process: the real logic, its alarm clock, and how its effects reach the world. */
final class Monitor {

    private static final long MS = VirtualTime.MS;
    private static final long UNANSWERED = 1000 * MS;
    /** What a step waits for the guard, and how often it looks. */
    private static final int LOOKS = 25;
    private static final long LOOK = 20 * MS;
    private static final double STEP_FAILS = 0.05;
    private static final double DEVICE_FAILS = 0.2;
    private static final double FENCE_FAILS = 0.1;

    private final World world;
    private final VirtualTime time;
    private final Machine machine;
    private Optional<Node> node = Optional.empty();
    /** Counts starts and deaths; what an earlier process began finds nobody. */
    private int process;
    private boolean paused;
    private long pausedAt;
    private final Deque<Runnable> missed = new ArrayDeque<>();
    private int applied;
    private ClusterState state;
    private final Alarm alarm;

    Monitor(World world, Machine machine) {
        this.world = world;
        this.time = world.time();
        this.machine = machine;
        this.state = Quorum.initial(world.services());
        this.alarm = new Alarm(time, machine,
                () -> node.map(it -> OptionalLong.of(it.wake())).orElse(OptionalLong.empty()),
                () -> give(Event.Tick::new));
    }

    // ---- its life ----

    /** Starts with what its disk has, or most of it. */
    void start() {
        int old = applied;
        applied = Math.max(0, old - time.pick(40));
        state = world.log().stateAfter(applied);
        process++;
        node = Optional.of(Node.start(world.setup(machine, process * 1000L + 7), state,
                machine.clock()));
        machine.guard.link();
        alarm.set();
        // What its own disk has, it replays whether anybody else is there or not.
        int mine = process;
        time.after(time.between(5, 50) * MS, () -> {
            if (process == mine) {
                replay(old);
            }
        });
    }

    void kill() {
        if (node.isPresent()) {
            process++;
            alarm.clear();
            node = Optional.empty();
            paused = false;
            missed.clear();
            machine.resources().forEach(Resources::forgetFence);
            world.log().died(machine);
            machine.guard.unlink();
        }
    }

    Machine machine() {
        return machine;
    }

    /** Tells its processes apart. */
    int process() {
        return process;
    }

    boolean alive() {
        return node.isPresent();
    }

    boolean running() {
        return node.isPresent() && !paused;
    }

    long pausedAt() {
        return pausedAt;
    }

    void pause(long duration) {
        paused = true;
        pausedAt = time.now();
        int mine = process;
        time.after(duration, () -> {
            if (process == mine) {
                resume();
            }
        });
    }

    private void resume() {
        paused = false;
        while (running() && !missed.isEmpty()) {
            missed.remove().run();
        }
        give(Event.Tick::new);
    }

    /** It believes that it leads. */
    boolean leads() {
        return node.flatMap(Node::evaluation).isPresent();
    }

    // ---- its log ----

    /** Its replica lacks entries. */
    boolean behind() {
        return applied < world.log().size();
    }

    void replay(int end) {
        while (running() && applied < end) {
            MajorityLog.Entry entry = world.log().entry(applied++);
            state = entry.after();
            give(now -> new Event.Applied(now, entry.command(), entry.reply(), entry.after()));
        }
    }

    // ---- events and effects ----

    /** Gives it an event with its own time; a hanging one gets it later. */
    void give(LongFunction<Event> event) {
        if (node.isEmpty()) {
            return;
        }
        if (paused) {
            missed.add(() -> give(event));
            return;
        }
        world.tally().event();
        Node.Stepped stepped = node.get().step(event.apply(machine.clock()));
        node = Optional.of(stepped.next());
        int mine = process;
        for (String service : world.services()) {
            stepped.next().footing(service)
                    .ifPresent(footing -> machine.guard.told(service, footing));
        }
        for (Effect effect : stepped.effects()) {
            // The guard may have killed it for what it said.
            if (process == mine) {
                perform(effect);
            }
        }
        world.invariants().check();
        alarm.set();
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Propose it -> propose(it.command());
            case Effect.Renew _ -> renew();
            case Effect.Run it -> run(it, LOOKS);
            case Effect.Fence it -> fence(it);
            case Effect.PowerOff it -> powerOff(it);
            case Effect.Account it -> propose(new Command.Served(it.service(), it.up(),
                    it.cause(), (time.now() - (machine.clock() - it.since())) / VirtualTime.MS));
            case Effect.Note it -> {
                if (leads() || local(it.kind())) {
                    world.say(machine.site, text(it));
                }
            }
        }
    }

    /** Steps do not name their service, which matters only where there are two. */
    private String text(Effect.Note note) {
        boolean named = world.services().size() == 1 || note.service().isEmpty()
                || note.text().startsWith(note.service());
        return named ? note.text() : note.service() + ": " + note.text();
    }

    private static boolean local(Effect.Note.Kind kind) {
        return switch (kind) {
            case STEP, FENCE, LEADER -> true;
            case HEALTH, DECISION, TICKET, TRANSITION, STANCE, ALARM, MEMBERS -> false;
        };
    }

    private void propose(Command command) {
        boolean[] answered = new boolean[1];
        int mine = process;
        world.log().propose(machine, command, _ -> answered[0] = hears());
        time.after(UNANSWERED, () -> {
            if (!answered[0] && process == mine) {
                give(at -> new Event.NotProposed(at, command, "no majority"));
            }
        });
    }

    private void renew() {
        long sent = time.now();
        long sentClock = machine.clock();
        int mine = process;
        if (world.mutation() == Mutation.MINORITY_RENEWS && deposed()) {
            Map<String, Long> epochs = state.services().values().stream()
                    .map(ServiceState::ticket)
                    .filter(ticket -> ticket.holder().equals(machine.site))
                    .collect(Collectors.toMap(Ticket::service, Ticket::epoch));
            time.after(time.delay(), () -> renewed(mine, sentClock, epochs));
            return;
        }
        world.log().propose(machine, new Command.Renew(machine.site), reply -> {
            Map<String, Long> epochs = ((Reply.Renewed) reply).epochs();
            epochs.keySet().forEach(service -> world.invariants().renewalGranted(service,
                    machine, sent));
            if (hears()) {
                time.after(world.network().answerDelay(),
                        () -> renewed(mine, sentClock, epochs));
            }
        });
    }

    private void renewed(int mine, long sentClock, Map<String, Long> epochs) {
        if (process == mine) {
            boolean fromAnswer = world.mutation() == Mutation.LEASE_FROM_ANSWER;
            give(at -> new Event.Renewed(at, fromAnswer ? at : sentClock, epochs));
        }
    }

    /** An answer of the leader arrives here. */
    private boolean hears() {
        return world.log().leader().filter(it -> world.network().reaches(it, machine)).isPresent()
                && !world.network().lost();
    }

    /** It believes that it leads, and does not. */
    private boolean deposed() {
        return leads() && !world.log().leads(machine);
    }

    // ---- steps and fences ----

    /** @param looks how often it may still look whether the guard has taken the epoch */
    private void run(Effect.Run run, int looks) {
        Step step = run.step();
        int id = world.nextId();
        if (step.activates()) {
            resources(run).begin(id);
        }
        begin(run, id, looks);
    }

    private Resources resources(Effect.Run run) {
        return machine.resources(run.service());
    }

    private void begin(Effect.Run run, int id, int looks) {
        int mine = process;
        if (run.step().activates() && machine.guard.taken(run.service()) < run.epoch()) {
            if (looks == 0) {
                resources(run).end(id);
                over(run, false, "The guard has not taken the epoch.");
                return;
            }
            time.after(LOOK, () -> {
                if (process == mine) {
                    begin(run, id, looks - 1);
                } else {
                    resources(run).end(id);
                }
            });
            return;
        }
        work(run, id);
    }

    private void work(Effect.Run run, int id) {
        Step step = run.step();
        if (step.verb() == Step.Verb.STANCE) {
            world.invariants().checkStance(run.service(), machine, step);
        }
        if (step.verb() == Step.Verb.RESYNC) {
            resources(run).replication().wipe(resources(run).database());
        }
        boolean fails = time.chance(STEP_FAILS) || world.breaks(step.verb());
        if (fails) {
            world.tally().fault("step fails");
        }
        int mine = process;
        int boot = machine.boots();
        boolean early = world.mutation() == Mutation.EARLY_ANSWER
                && step.verb() == Step.Verb.DEMOTE;
        // A statement at the server goes on when who sent it dies; a call of its own does not.
        boolean outlives = time.chance(0.5);
        time.after(duration(run), () -> {
            boolean gone = machine.boots() != boot || (process != mine && !outlives);
            boolean cut = step.activates() && !resources(run).end(id);
            if (gone) {
                return;
            }
            Optional<String> refused = cut || fails
                    ? Optional.of(cut ? "A fence cut it short." : "It broke.")
                    : resources(run).apply(step, run.epoch());
            if (step.verb() == Step.Verb.DEMOTE && refused.isEmpty()) {
                ship(run, mine, early);
            } else if (process == mine && !early) {
                over(run, refused.isEmpty(), refused.orElse("ok."));
            }
        });
        if (early) {
            over(run, true, "ok.");
        }
    }

    /** A demotion has ended the writes; now the replica gets the rest. */
    private void ship(Effect.Run run, int mine, boolean early) {
        Replication replication = resources(run).replication();
        Database database = resources(run).database();
        long rest = replication.shipping(database);
        boolean inTime = rest < world.stepTimeout();
        int boot = machine.boots();
        Runnable end = () -> {
            if (machine.boots() != boot) {
                return;
            }
            boolean sent = inTime && replication.shipped(database);
            if (process == mine && !early) {
                over(run, sent, sent ? "ok." : "It was not over in time.");
            }
        };
        if (rest == 0) {
            end.run();
        } else {
            time.after(inTime ? rest : world.stepTimeout(), end);
        }
    }

    private void over(Effect.Run run, boolean ok, String detail) {
        give(at -> new Event.StepOver(at, run.service(), run.epoch(), run.step().id(), ok,
                detail));
    }

    private long duration(Effect.Run run) {
        return switch (run.step().verb()) {
            case PROMOTE -> Math.max(time.between(50, 500) * MS, Math.min(world.stepTimeout(),
                    resources(run).replication().draining(resources(run).database())));
            case DEMOTE -> time.chance(0.1) ? 3000 * MS : time.between(20, 200) * MS;
            case RESYNC -> 1000 * MS;
            case STANCE, PAUSE, STOP, GRANT, START, FOLLOW -> time.between(2, 40) * MS;
        };
    }

    private void fence(Effect.Fence fence) {
        machine.resources(fence.service()).fenceBegins(fence.epoch());
        boolean fails = time.chance(FENCE_FAILS);
        if (fails) {
            world.tally().fault("fence fails");
        }
        int mine = process;
        time.after(world.fenceTime(fails), () -> {
            if (process == mine) {
                fenced(fence, !fails);
            }
        });
    }

    /** A device is reached along a way of its own, and takes its time. */
    private void powerOff(Effect.PowerOff off) {
        boolean fails = time.chance(DEVICE_FAILS);
        if (fails) {
            world.tally().fault("fence device fails");
        }
        int mine = process;
        time.after(time.between(100, 3000) * MS, () -> {
            if (!fails && world.mutation() != Mutation.LYING_DEVICE) {
                world.fence(world.machine(off.site()));
            }
            if (process == mine) {
                give(at -> new Event.PoweredOff(at, off.service(), off.site(), off.epoch(),
                        !fails, fails ? "It does not answer." : "the device"));
            }
        });
    }

    /** The monitor's own threads fence, so they hang with it. */
    private void fenced(Effect.Fence fence, boolean ok) {
        if (paused) {
            missed.addFirst(() -> fenced(fence, ok));
            return;
        }
        boolean done = ok && machine.resources(fence.service()).fence(fence.epoch());
        give(at -> new Event.Fenced(at, fence.service(), fence.epoch(), done,
                done ? "all stopped." : "it broke or was refused."));
    }

    // ---- what it sees ----

    void observed(List<Fact> facts) {
        give(at -> new Event.Observed(at, facts));
    }

    /** The guard says that nothing is active here under that epoch any more. */
    void guarded(String service, long epoch) {
        give(at -> new Event.Guarded(at, service, epoch));
    }

    /** The guard says what lease of an earlier process it has taken. */
    void guarding(String service, long epoch, long until) {
        give(at -> new Event.Guarding(at, service, epoch, until));
    }
}
