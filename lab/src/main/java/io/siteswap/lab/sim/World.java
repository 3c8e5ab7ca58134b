package io.siteswap.lab.sim;

import io.siteswap.monitor.config.ClusterConfig.Timing;
import io.siteswap.monitor.failover.Setup;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.policy.plan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Two datacenters and one arbiter or three in virtual time: network, log, machines and their faults
 * come from one seed. Invariants are checked after every event.
 */
final class World {

    static final String SHOP = "shop";
    static final String BANK = "bank";
    static final String ARBITER = "arb";
    static final List<String> LADDER = List.of("best", "normal", "backup", "withdrawn");
    private static final long MS = VirtualTime.MS;
    private static final long PULSE = 100 * MS;
    private static final long PROBE = 200 * MS;
    private static final long LEASE_MS = 1500;
    private static final long FENCE_BOUND_MS = 1000;
    private static final long STEP_TIMEOUT_MS = 2000;
    /** Lines of what happened before a violation. */
    private static final int SHOWN = 80;

    /** Written out only when somebody reads it. */
    record Line(long at, String who, String text) {

        @Override
        public String toString() {
            return "%7d.%03d  %-8s %s".formatted(at / (1000 * MS), at / MS % 1000, who, text);
        }
    }

    private final VirtualTime time;
    private final Mutation mutation;
    private final Tally tally;
    private final Shape shape;
    private final Network network;
    private final Invariants invariants;
    private final MajorityLog log;
    private final List<Replication> replications;
    private final List<Machine> machines;
    private final Set<Step.Verb> broken = EnumSet.noneOf(Step.Verb.class);
    private final List<Line> journal = new ArrayList<>();
    private int ids;

    /** @param exact fixed delays, no failures: for stories */
    World(long seed, boolean exact, Mutation mutation, Tally tally) {
        this.time = new VirtualTime(seed, exact);
        this.mutation = mutation;
        this.tally = tally;
        this.shape = exact ? Shape.SMALL : Shape.of(seed);
        List<String> sites = shape.sites();
        this.network = new Network(time, tally, sites.size());
        this.invariants = new Invariants(this);
        this.log = new MajorityLog(this);
        this.replications = shape.services().stream()
                .map(it -> new Replication(this, it, shape.database())).toList();
        List<Machine> all = new ArrayList<>();
        sites.forEach(site -> all.add(new Machine(this, site, all.size())));
        this.machines = List.copyOf(all);
        tally.state(shape.words());
        machines.forEach(this::boot);
        time.every(PULSE, log::pulse);
        List<Probes> probes = machines.stream().map(it -> new Probes(this, it)).toList();
        time.every(PROBE, () -> probes.forEach(Probes::round));
    }

    VirtualTime time() {
        return time;
    }

    void runUntil(long end) {
        time.runUntil(end, invariants::check);
    }

    Mutation mutation() {
        return mutation;
    }

    Tally tally() {
        return tally;
    }

    Network network() {
        return network;
    }

    Invariants invariants() {
        return invariants;
    }

    MajorityLog log() {
        return log;
    }

    Shape shape() {
        return shape;
    }

    List<String> services() {
        return shape.services();
    }

    Replication replication(String service) {
        return replications.get(services().indexOf(service));
    }

    ServiceState service(String name) {
        return log.state().service(name).orElseThrow();
    }

    List<Machine> machines() {
        return machines;
    }

    Machine machine(String site) {
        for (Machine machine : machines) {
            if (machine.site.equals(site)) {
                return machine;
            }
        }
        throw new IllegalArgumentException("no site " + site);
    }

    /** Numbers for what must be told apart. */
    int nextId() {
        return ids++;
    }

    // ---- set-up ----

    long lease() {
        return LEASE_MS * MS;
    }

    long fenceBound() {
        return FENCE_BOUND_MS * MS;
    }

    long stepTimeout() {
        return STEP_TIMEOUT_MS * MS;
    }

    /** What a fence takes. */
    long fenceTime(boolean fails) {
        long usual = fails ? 20 : time.between(20, 200);
        return (mutation == Mutation.SLOW_FENCE ? 3 * FENCE_BOUND_MS : usual) * MS;
    }

    Setup setup(Machine machine, long run) {
        double factor = machine.datacenter ? mutation.leaseOfHolders() : mutation.expiryOfArbiter();
        return new Setup(machine.site, run,
                shape.cluster(mutation == Mutation.NO_LADDER ? List.of("any") : LADDER, mutation),
                timing(factor), new FewRules(mutation), FewRules.PLACING, Setup.Planning.STANDARD);
    }

    private static Timing timing(double factor) {
        return new Timing(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(200),
                Duration.ofMillis(400), 2, 3,
                Duration.ofNanos((long) (LEASE_MS * MS * factor)), Duration.ofMillis(300),
                Duration.ofNanos((long) (FENCE_BOUND_MS * MS * Math.min(1, factor))),
                Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofMillis(600),
                Duration.ofMillis(STEP_TIMEOUT_MS), Duration.ofSeconds(6));
    }

    // ---- faults ----

    void cut(Machine one, Machine other) {
        if (network.cut(one, other)) {
            tally.fault("link cut");
            boolean ordered = one.site.compareTo(other.site) < 0;
            say("world", "link " + (ordered ? one + "-" + other : other + "-" + one) + " is cut");
            disturb(one, other);
        }
    }

    void cutOneWay(Machine from, Machine to) {
        if (network.cutOneWay(from, to)) {
            tally.fault("link cut one way");
            say("world", "nothing gets from " + from + " to " + to);
            disturb(from, to);
        }
    }

    private void disturb(Machine one, Machine other) {
        if (one.datacenter && other.datacenter) {
            replications.forEach(Replication::disturb);
        }
    }

    void isolate(Machine machine) {
        machines.stream().filter(it -> it != machine).forEach(it -> cut(machine, it));
    }

    void heal() {
        say("world", "all links work");
        network.heal();
        replications.forEach(Replication::look);
    }

    void stall(Machine machine, long duration) {
        tally.fault("disk stalls");
        say("world", "the disk at " + machine + " stalls for " + duration / MS + " ms");
        machine.stall(duration);
        if (mutation == Mutation.CLOCK_SET_BACK && machine.datacenter) {
            machine.clockStood(2000 * MS);
        }
    }

    /** Its probes see nobody. */
    void lie(Machine machine, long duration) {
        tally.fault("probes lie");
        say("world", "probes at " + machine + " lie for " + duration / MS + " ms");
        machine.lie(duration);
    }

    /** What the standby receives is on its way for longer from here on. */
    void lag(String service, long lag) {
        tally.fault("replication is late");
        say("world", "what " + service + "'s standby receives is late by " + lag / MS + " ms");
        replication(service).lags(lag);
    }

    /** A standby receives and applies nothing. */
    void stallStandby(String service, long duration) {
        tally.fault("standby applies nothing");
        say("world", service + "'s standby applies nothing for " + duration / MS + " ms");
        replication(service).stalls(duration);
    }

    void breakSteps(Step.Verb verb) {
        broken.add(verb);
    }

    void repairSteps(Step.Verb verb) {
        broken.remove(verb);
    }

    /** Do steps of this kind fail? */
    boolean breaks(Step.Verb verb) {
        return broken.contains(verb);
    }

    void powerOff(Machine machine) {
        if (machine.up()) {
            tally.fault("power loss");
            say("world", machine + " loses power");
            machine.powerOff();
        }
    }

    /** A fence device takes the power away, and somebody comes and switches it on again. */
    void fence(Machine machine) {
        if (machine.up()) {
            tally.fault("fence device");
            say("world", machine + " is powered off by its fence device");
            machine.powerOff();
        }
        int boot = machine.boots();
        time.after(time.between(1000, 5000) * MS, () -> {
            if (machine.boots() == boot) {
                powerOn(machine);
            }
        });
    }

    void powerOn(Machine machine) {
        if (!machine.up()) {
            say("world", machine + " has power again");
            machine.powerOn();
            replications.forEach(Replication::look);
            services().stream().map(it -> service(it).ticket())
                    .filter(it -> it.holder().equals(machine.site))
                    .forEach(it -> tally.state("holder is back, " + it.phase()));
            boot(machine);
        }
    }

    private void boot(Machine machine) {
        machine.monitor.start();
        if (machine.datacenter) {
            int boot = machine.boots();
            // Which process is the first does not matter.
            time.after(time.chance(0.5) ? time.between(0, 1000) * MS : 0, () -> {
                if (machine.boots() == boot && machine.up()) {
                    machine.guard.start();
                }
            });
        }
    }

    /** With a guard beside it: both dead at once are what the guard does not cover. */
    private static boolean guarded(Machine machine) {
        return !machine.datacenter || machine.guard.running();
    }

    void pause(Machine machine, long duration) {
        Monitor monitor = machine.monitor;
        if (!monitor.running() || !guarded(machine)) {
            return;
        }
        tally.fault("monitor hangs");
        say("world", machine + " hangs for " + duration / MS + " ms");
        monitor.pause(duration);
        if (mutation == Mutation.CLOCK_STANDS && machine.datacenter) {
            suspend(machine, duration);
        }
    }

    /** The guard and what it guards stand still as well, and the clock with them. */
    private void suspend(Machine machine, long duration) {
        machine.suspended(true);
        machine.guard.pause(duration);
        int boot = machine.boots();
        time.after(duration, () -> {
            machine.suspended(false);
            if (machine.boots() == boot) {
                machine.clockStood(duration);
            }
        });
    }

    void killMonitor(Machine machine) {
        if (machine.monitor.running() && guarded(machine)) {
            killed(machine);
            startAgain(machine.monitor);
        }
    }

    private void killed(Machine machine) {
        tally.fault("monitor killed");
        say("world", "kill -9 of the monitor at " + machine);
        machine.monitor.kill();
    }

    /** As a service manager does. */
    void startAgain(Monitor monitor) {
        startAgain(monitor, time.between(200, 3000) * MS);
    }

    private void startAgain(Monitor monitor, long pause) {
        int boot = monitor.machine().boots();
        time.after(pause, () -> {
            if (monitor.machine().boots() == boot && !monitor.alive()) {
                monitor.start();
            }
        });
    }

    /** Cut off, the monitor dies and is back before its lease is over; then the guard hangs. */
    void relay(Machine machine, long duration) {
        if (machine.monitor.running() && guarded(machine)) {
            isolate(machine);
            killed(machine);
            long pause = time.between(100, lease() / MS) * MS;
            startAgain(machine.monitor, pause);
            int boot = machine.boots();
            time.after(pause + time.between(0, 100) * MS, () -> {
                if (machine.boots() == boot) {
                    pauseGuard(machine, duration);
                }
            });
        }
    }

    /** A monitor is there that knows what the one before it was granted. */
    private static boolean monitored(Machine machine) {
        return machine.monitor.running() && machine.guard.met();
    }

    void killGuard(Machine machine) {
        Guard guard = machine.guard;
        if (guard.running() && monitored(machine)) {
            tally.fault("guard killed");
            say("world", "kill -9 of the guard at " + machine);
            guard.kill();
            int boot = machine.boots();
            time.after(time.between(200, 2000) * MS, () -> {
                if (machine.boots() == boot && !guard.alive()) {
                    guard.start();
                }
            });
        }
    }

    void pauseGuard(Machine machine, long duration) {
        if (machine.guard.running() && monitored(machine)) {
            tally.fault("guard hangs");
            say("world", "the guard at " + machine + " hangs for " + duration / MS + " ms");
            machine.guard.pause(duration);
        }
    }

    // ---- operators ----

    void request(String service, String to, boolean force) {
        tally.fault(force ? "operator forces a move" : "operator asks to move");
        say("operator", (force ? "forces a switchover " : "asks for a switchover ") + of(service)
                + "to " + to);
        ask(service, Command.Request.Kind.SWITCHOVER, to, force);
    }

    /** A person finds that the standby does not replicate. */
    void rebuild(String service, String standby) {
        say("operator", "asks to rebuild " + of(service).replace("of ", "") + standby);
        ask(service, Command.Request.Kind.RESYNC, standby, false);
    }

    private String of(String service) {
        return services().size() > 1 ? "of " + service + " " : "";
    }

    private void ask(String service, Command.Request.Kind kind, String site, boolean force) {
        log.propose(machine(ARBITER), new Command.Request(service, kind, site, "eve", force,
                List.of()),
                reply -> {
                });
    }

    void acknowledge(String service) {
        log.propose(machine(ARBITER), new Command.Unblock(service, "eve"), reply -> {
        });
    }

    // ---- what is said of it ----

    void require(boolean fine, String otherwise) {
        if (!fine) {
            throw violation(otherwise);
        }
    }

    Violation violation(String what) {
        return new Violation(what + "\nat " + time.now() / MS + " ms\n"
                + journal.subList(Math.max(0, journal.size() - SHOWN), journal.size()).stream()
                        .map(Line::toString).collect(Collectors.joining("\n")));
    }

    /** What stories, in which only the monitors matter, do without. */
    void tell(String who, String text) {
        if (!time.exact()) {
            say(who, text);
        }
    }

    void say(String who, String text) {
        journal.add(new Line(time.now(), who, text));
    }

    /** What happened so far, a line each. */
    List<Line> journal() {
        return List.copyOf(journal);
    }
}
