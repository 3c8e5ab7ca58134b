package io.siteswap.lab.sim;

import io.siteswap.monitor.failover.Node;
import io.siteswap.monitor.guard.GuardEffect;
import io.siteswap.monitor.guard.GuardEvent;
import io.siteswap.monitor.guard.GuardState;
import io.siteswap.monitor.guard.GuardState.Bounds;
import io.siteswap.monitor.guard.Hold;
import io.siteswap.monitor.guard.Line;
import io.siteswap.monitor.guard.SavedHolds;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** A guard's process beside the monitor's: the real logic, its file and its fences. */
final class Guard {

    private static final double FENCE_FAILS = 0.1;

    /** Written out only when somebody reads it. */
    private record Saved(String boot, Map<String, Hold> holds) {
        String text() {
            return SavedHolds.write(boot, holds);
        }
    }

    private final World world;
    private final VirtualTime time;
    private final Machine machine;
    private Optional<GuardState> state = Optional.empty();
    /** Counts starts and deaths. */
    private int process;
    private boolean paused;
    private final Deque<Runnable> missed = new ArrayDeque<>();
    /** Its file, as the next process finds it, and as a power loss leaves it; empty: none. */
    private Optional<Saved> file = Optional.empty();
    private Optional<Saved> disk = Optional.empty();
    private final Alarm alarm;

    /** The monitor's end: what it last said, and what it knows to be taken. */
    private final Map<String, Line> said = new LinkedHashMap<>();
    private final Map<String, Long> taken = new HashMap<>();
    private boolean met;

    Guard(World world, Machine machine) {
        this.world = world;
        this.time = world.time();
        this.machine = machine;
        this.alarm = new Alarm(time, machine,
                () -> state.map(GuardState::wakeAt).orElse(OptionalLong.empty()),
                () -> step(GuardEvent.Tick::new));
    }

    // ---- its life ----

    void start() {
        process++;
        long lease = world.lease();
        Map<String, Hold> kept = file.map(it -> SavedHolds.read(it.text(), boot(),
                world.services(), machine.clock(), lease)).orElse(Map.of());
        // A hanging monitor is given a fifth of it.
        long bound = world.mutation() == Mutation.PATIENT_GUARD
                ? 5 * 3 * world.fenceBound()
                : world.fenceBound();
        state = Optional.of(GuardState.started(Bounds.of(lease, bound), kept,
                machine.clock()));
        step(GuardEvent.Tick::new);
        if (machine.monitor.alive()) {
            meet();
        }
    }

    private String boot() {
        return Integer.toString(machine.boots());
    }

    void kill() {
        process++;
        alarm.clear();
        state = Optional.empty();
        paused = false;
        missed.clear();
    }

    void powerOff() {
        kill();
        file = disk;
    }

    boolean alive() {
        return state.isPresent();
    }

    boolean running() {
        return state.isPresent() && !paused;
    }

    void pause(long duration) {
        paused = true;
        int mine = process;
        time.after(duration, () -> {
            if (process == mine) {
                paused = false;
                while (running() && !missed.isEmpty()) {
                    missed.remove().run();
                }
                step(GuardEvent.Tick::new);
            }
        });
    }

    // ---- the monitor's end of the socket ----

    /** A monitor's process has started. */
    void link() {
        said.clear();
        taken.clear();
        met = false;
        if (state.isPresent()) {
            meet();
        }
    }

    private void meet() {
        if (paused) {
            missed.add(this::meet);
            return;
        }
        met = true;
        step(GuardEvent.Linked::new);
        said.values().forEach(line -> step(now -> new GuardEvent.Told(now, line)));
    }

    /** The monitor's process has died. */
    void unlink() {
        said.clear();
        step(GuardEvent.Unlinked::new);
    }

    /** The monitor says where it stands; only news is sent. */
    void told(String service, Node.Footing footing) {
        Optional<Line> line = footing.line(service);
        if (line.isPresent() && !line.get().equals(said.get(service))) {
            Line news = line.get();
            said.put(service, news);
            step(now -> new GuardEvent.Told(now, news));
        }
    }

    /** The newest epoch of a service that the monitor knows to be taken. */
    long taken(String service) {
        return taken.getOrDefault(service, 0L);
    }

    /** The monitor's process has heard what this guard, or one before it, had taken. */
    boolean met() {
        return met;
    }

    // ---- events and effects ----

    private void step(LongFunction<GuardEvent> event) {
        if (state.isEmpty()) {
            return;
        }
        if (paused) {
            missed.add(() -> step(event));
            return;
        }
        world.tally().event();
        GuardState.Stepped stepped = state.get().step(event.apply(machine.clock()));
        state = Optional.of(stepped.next());
        stepped.effects().forEach(this::perform);
        alarm.set();
    }

    private void perform(GuardEffect effect) {
        switch (effect) {
            case GuardEffect.Save save -> save(save.durable());
            case GuardEffect.Answer answer -> answer(answer.line());
            case GuardEffect.Kill _ -> killMonitor();
            case GuardEffect.Fence fence -> fence(fence);
            case GuardEffect.Note note -> world.say(machine.site, "guard: " + note.text());
        }
    }

    private void save(boolean durable) {
        file = Optional.of(new Saved(boot(), state.orElseThrow().holds()));
        disk = durable ? file : disk;
    }

    private void answer(Line line) {
        switch (line) {
            case Line.Taken it -> taken.merge(it.service(), it.epoch(), Math::max);
            case Line.Fenced it -> {
                Monitor to = machine.monitor;
                time.after(0, () -> to.guarded(it.service(), it.epoch()));
            }
            case Line.Lease it -> guarding(it.service(), it.epoch(), it.until());
            case Line.Fencing it -> guarding(it.service(), it.epoch(), machine.clock());
            case Line.Hello _,Line.Clear _ -> {
            }
        }
    }

    private void guarding(String service, long epoch, long until) {
        if (world.mutation() != Mutation.DEAF_TO_GUARD) {
            Monitor to = machine.monitor;
            time.after(0, () -> to.guarding(service, epoch, until));
        }
    }

    private void killMonitor() {
        if (world.mutation() != Mutation.NO_GUARD && machine.monitor.alive()) {
            world.say(machine.site, "the guard kills the monitor");
            world.tally().state("guard kills a monitor");
            machine.resources().forEach(Resources::cutShort);
            machine.monitor.kill();
            world.startAgain(machine.monitor);
        }
    }

    private void fence(GuardEffect.Fence fence) {
        if (world.mutation() == Mutation.NO_GUARD) {
            return;
        }
        world.tally().state("guard fences");
        Resources resources = machine.resources(fence.service());
        resources.cutShort();
        boolean fails = time.chance(FENCE_FAILS);
        int mine = process;
        int boot = machine.boots();
        time.after(world.fenceTime(fails), () -> {
            if (machine.boots() == boot && process == mine) {
                if (!fails) {
                    resources.guardFence(fence.epoch());
                }
                step(now -> new GuardEvent.Fenced(now, fence.service(), fence.epoch(), !fails,
                        fails ? "it broke." : "all stopped."));
            }
        });
    }
}
