package io.siteswap.lab.sim;

import io.siteswap.monitor.failover.Node;
import io.siteswap.monitor.failover.Event;
import io.siteswap.monitor.failover.Effect;
import io.siteswap.monitor.failover.Setup;
import io.siteswap.monitor.failover.Cluster;
import io.siteswap.monitor.config.ClusterConfig.Timing;
import io.siteswap.monitor.health.Hysteresis;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Quorum;
import io.siteswap.monitor.quorum.Reply;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Health;
import io.siteswap.policy.plan.Resource;
import io.siteswap.policy.plan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * Two datacenters and an arbiter in virtual time: network, log, machines and their faults come from
 * one seed. Invariants are checked after every event.
 */
final class World {

    static final String SHOP = "shop";
    static final long MS = 1_000_000;
    /** Within the fence bound there must be room for the watchdog, a tick and the fence itself. */
    static final long WATCHDOG = 400 * MS;
    private static final long TICK = 50 * MS;
    private static final long PROBE = 200 * MS;
    private static final double LOSS = 0.02;
    /** Lines of what happened before a violation. */
    private static final int SHOWN = 80;
    private static final List<String> LADDER = List.of("best", "normal", "backup", "withdrawn");

    private record Job(long at, long order, Runnable work) {
    }

    /** Written out only when somebody reads it. */
    record Line(long at, String who, String text) {

        @Override
        public String toString() {
            return "%7d.%03d  %-8s %s".formatted(at / (1000 * MS), at / MS % 1000, who, text);
        }
    }

    private final Random random;
    private final boolean exact;
    private final Mutation mutation;
    private final Tally tally;
    private final PriorityQueue<Job> queue = new PriorityQueue<>(
            (a, b) -> a.at() != b.at()
                    ? Long.compare(a.at(), b.at())
                    : Long.compare(a.order(), b.order()));
    private final Map<String, Machine> machines = new LinkedHashMap<>();
    private final Set<String> cuts = new HashSet<>();
    final Set<Step.Verb> failing = new HashSet<>();
    final MajorityLog log;
    private final List<Line> journal = new ArrayList<>();
    private long now;
    private long order;
    private int nextRun;
    private boolean noisy;

    /** @param exact fixed delays, no failures: for stories */
    World(long seed, boolean exact, Mutation mutation, Tally tally) {
        this.random = new Random(seed);
        this.exact = exact;
        this.mutation = mutation;
        this.tally = tally;
        ClusterState initial = Quorum.initial(List.of(SHOP));
        this.log = new MajorityLog(this, initial);
        for (String site : List.of("dc1", "dc2", "arb")) {
            long offset = exact ? 0 : random.nextLong(1L << 40) - (1L << 39);
            double rate = exact ? 1 : 0.99 + random.nextDouble() * 0.02;
            Machine machine = new Machine(site, !site.equals("arb"), offset, rate, initial);
            machines.put(site, machine);
            boot(machine);
        }
        every(2 * TICK, log::pulse);
        every(PROBE, () -> machines.values().forEach(this::probe));
    }

    // ---- time and chance ----

    long now() {
        return now;
    }

    void after(long delay, Runnable work) {
        queue.add(new Job(now + delay, order++, work));
    }

    private void every(long period, Runnable work) {
        after(period, () -> {
            work.run();
            every(period, work);
        });
    }

    void runUntil(long end) {
        while (!queue.isEmpty() && queue.peek().at() <= end) {
            Job job = queue.remove();
            now = job.at();
            job.work().run();
            check();
        }
        now = end;
    }

    long between(long low, long high) {
        return exact ? (low + high) / 2 : low + random.nextLong(high - low + 1);
    }

    long delay() {
        return between(1, 25) * MS;
    }

    boolean chance(double probability) {
        return !exact && random.nextDouble() < probability;
    }

    int pick(int size) {
        return exact ? 0 : random.nextInt(size);
    }

    Mutation mutation() {
        return mutation;
    }

    Tally tally() {
        return tally;
    }

    ServiceState service() {
        return log.state.service(SHOP).orElseThrow();
    }

    // ---- machines and network ----

    Collection<Machine> machines() {
        return machines.values();
    }

    Machine machine(String site) {
        return Optional.ofNullable(machines.get(site)).orElseThrow();
    }

    private static String link(String a, String b) {
        return a.compareTo(b) < 0 ? a + "-" + b : b + "-" + a;
    }

    boolean connected(String a, String b) {
        return a.equals(b) || !cuts.contains(link(a, b));
    }

    /** It reaches a majority that runs and whose disks write, itself included. */
    boolean majority(String site) {
        return writes(machine(site)) && machines.values().stream()
                .filter(it -> writes(it) && connected(site, it.site)).count() >= 2;
    }

    /** It can append to its log. */
    boolean writes(Machine machine) {
        return machine.running() && now >= machine.stalledUntil;
    }

    void cut(String a, String b) {
        if (!a.equals(b) && cuts.add(link(a, b))) {
            tally.fault("link cut");
            say("world", "link " + link(a, b) + " is cut");
        }
    }

    void isolate(String site) {
        machines.keySet().stream().filter(it -> !it.equals(site)).forEach(it -> cut(site, it));
    }

    void heal() {
        say("world", "all links work");
        cuts.clear();
    }

    /** Messages get lost and come twice from here on, or no more. */
    void noise(boolean on) {
        noisy = on;
    }

    private boolean noise(String kind, double probability) {
        boolean now = noisy && chance(probability);
        if (now) {
            tally.fault(kind);
        }
        return now;
    }

    boolean lost() {
        return noise("message lost", LOSS);
    }

    boolean twice() {
        return noise("message twice", LOSS);
    }

    void stall(Machine machine, long duration) {
        tally.fault("disk stalls");
        say("world", "the disk at " + machine.site + " stalls for " + duration / MS + " ms");
        machine.stalledUntil = Math.max(machine.stalledUntil, now + duration);
    }

    /** Its probes see nobody. */
    void lie(Machine machine, long duration) {
        tally.fault("probes lie");
        say("world", "probes at " + machine.site + " lie for " + duration / MS + " ms");
        machine.liesUntil = Math.max(machine.liesUntil, now + duration);
    }

    void powerOff(Machine machine) {
        if (machine.up) {
            tally.fault("power loss");
            say("world", machine.site + " loses power");
            machine.powerOff();
            machine.downSince = now;
            log.died(machine.site);
        }
    }

    void powerOn(Machine machine) {
        if (!machine.up) {
            say("world", machine.site + " has power again");
            machine.up = true;
            machine.primary = mutation == Mutation.WRITER_AT_BOOT && machine.wrote;
            if (service().ticket().holder().equals(machine.site)) {
                tally.state("holder is back, " + service().ticket().phase());
            }
            boot(machine);
        }
    }

    private void boot(Machine machine) {
        int old = machine.applied;
        machine.applied = Math.max(0, old - pick(40));
        machine.state = machine.applied == 0
                ? Quorum.initial(List.of(SHOP))
                : log.entries.get(machine.applied - 1).after();
        machine.node = Optional.of(Node.start(setup(machine), machine.state,
                machine.clock(now)));
        machine.wakeAt = Long.MAX_VALUE;
        wake(machine);
        // What its own disk has, it replays whether anybody else is there or not.
        after(between(5, 50) * MS, () -> log.replay(machine, old));
    }

    void pause(Machine machine, long duration) {
        if (!machine.running()) {
            return;
        }
        tally.fault("monitor hangs");
        say("world", machine.site + " hangs for " + duration / MS + " ms");
        machine.paused = true;
        machine.pausedAt = now;
        int boot = machine.boots;
        after(WATCHDOG, () -> watchdog(machine, boot));
        after(duration, () -> {
            if (machine.paused && machine.boots == boot) {
                resume(machine);
            }
        });
    }

    private void watchdog(Machine machine, int boot) {
        boolean hangs = machine.paused && machine.boots == boot
                && now - machine.pausedAt >= WATCHDOG;
        if (hangs && mutation != Mutation.NO_WATCHDOG
                && (machine.primary || !machine.cuttable.isEmpty())) {
            say("world", "the watchdog resets " + machine.site);
            powerOff(machine);
            int off = machine.boots;
            after(between(2000, 5000) * MS, () -> {
                if (machine.boots == off) {
                    powerOn(machine);
                }
            });
        }
    }

    void resume(Machine machine) {
        machine.paused = false;
        while (machine.running() && !machine.missed.isEmpty()) {
            machine.missed.remove().run();
        }
        dispatch(machine, Event.Tick::new);
    }

    private Setup setup(Machine machine) {
        Cluster cluster = new Cluster(
                List.of(new Fact.Site("dc1", false), new Fact.Site("dc2", false),
                        new Fact.Site("arb", true)),
                List.of(new Cluster.Service(SHOP, List.of("dc1", "dc2"),
                        List.of(new Resource("db", Resource.Type.PROMOTABLE),
                                new Resource("app", Resource.Type.STARTABLE),
                                new Resource("lb", Resource.Type.ROUTABLE)))),
                mutation == Mutation.NO_LADDER ? List.of("any") : LADDER);
        double factor = machine.datacenter ? mutation.leaseOfHolders() : mutation.expiryOfArbiter();
        return new Setup(machine.site, machine.boots * 1000L + 7, cluster, timing(factor),
                new FewRules(), FewRules.PLACING, Setup.Planning.STANDARD);
    }

    static Timing timing(double factor) {
        return new Timing(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(200),
                Duration.ofMillis(400), 2, 3,
                Duration.ofNanos((long) (1500 * MS * factor)), Duration.ofMillis(300),
                Duration.ofNanos((long) (1000 * MS * Math.min(1, factor))),
                Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofMillis(600),
                Duration.ofSeconds(2), Duration.ofSeconds(6));
    }

    // ---- events and effects ----

    /** Gives the machine's monitor an event with its own time; a hanging one gets it later. */
    void dispatch(Machine machine, LongFunction<Event> event) {
        if (!machine.up || machine.node.isEmpty()) {
            return;
        }
        if (machine.paused) {
            int boot = machine.boots;
            machine.missed.add(() -> {
                if (machine.boots == boot) {
                    dispatch(machine, event);
                }
            });
            return;
        }
        tally.event();
        Node.Stepped stepped = machine.node.get().step(event.apply(machine.clock(now)));
        machine.node = Optional.of(stepped.next());
        stepped.effects().forEach(effect -> perform(machine, effect));
        check();
        wake(machine);
    }

    /** The monitor's own alarm clock. */
    private void wake(Machine machine) {
        long at = Math.max(now, machine.world(machine.node.orElseThrow().wake()));
        if (at >= machine.wakeAt) {
            return;
        }
        machine.wakeAt = at;
        after(at - now, () -> {
            if (machine.wakeAt == at) {
                machine.wakeAt = Long.MAX_VALUE;
                dispatch(machine, Event.Tick::new);
            }
        });
    }

    private void perform(Machine machine, Effect effect) {
        switch (effect) {
            case Effect.Propose it -> propose(machine, it.command());
            case Effect.Renew _ -> renew(machine);
            case Effect.Run it -> run(machine, it);
            case Effect.Fence it -> fence(machine, it);
            case Effect.Note it -> {
                if (machine.leads() || local(it.kind())) {
                    say(machine.site, it.text());
                }
            }
        }
    }

    private static boolean local(Effect.Note.Kind kind) {
        return switch (kind) {
            case STEP, FENCE, LEADER -> true;
            case HEALTH, DECISION, TICKET, TRANSITION, STANCE, ALARM -> false;
        };
    }

    private void propose(Machine machine, Command command) {
        boolean[] answered = new boolean[1];
        int boot = machine.boots;
        log.propose(machine.site, command, _ -> answered[0] = hears(machine));
        after(1000 * MS, () -> {
            if (!answered[0] && machine.boots == boot) {
                dispatch(machine, at -> new Event.NotProposed(at, command, "no majority"));
            }
        });
    }

    private void renew(Machine machine) {
        long sent = now;
        long sentClock = machine.clock(now);
        if (mutation == Mutation.MINORITY_RENEWS && deposed(machine)) {
            Map<String, Long> epochs = machine.state.service(SHOP).map(ServiceState::ticket)
                    .filter(ticket -> ticket.holder().equals(machine.site))
                    .map(ticket -> Map.of(SHOP, ticket.epoch())).orElse(Map.of());
            after(delay(), () -> dispatch(machine,
                    at -> new Event.Renewed(at, sentClock, epochs)));
            return;
        }
        int boot = machine.boots;
        log.propose(machine.site, new Command.Renew(machine.site), reply -> {
            Map<String, Long> epochs = ((Reply.Renewed) reply).epochs();
            if (!epochs.isEmpty()) {
                machine.renewalSent = Math.max(machine.renewalSent, sent);
            }
            boolean heard = hears(machine);
            if (heard && machine.boots == boot) {
                after(delay(), () -> {
                    if (machine.boots == boot) {
                        dispatch(machine, at -> new Event.Renewed(at, sentClock, epochs));
                    }
                });
            }
        });
    }

    /** An answer of the leader arrives there. */
    private boolean hears(Machine machine) {
        return log.leader.filter(it -> connected(it, machine.site)).isPresent() && !lost();
    }

    /** It believes that it leads, and does not. */
    private boolean deposed(Machine machine) {
        return machine.leads() && !log.leader.equals(Optional.of(machine.site));
    }

    private void run(Machine machine, Effect.Run run) {
        Step step = run.step();
        if (step.verb() == Step.Verb.STANCE) {
            checkStance(machine, step);
        }
        int boot = machine.boots;
        int id = nextRun++;
        String key = step.id() + "#" + id;
        if (step.activates()) {
            machine.cuttable.put(key, id);
        }
        boolean fails = chance(0.05) || failing.contains(step.verb());
        if (fails) {
            tally.fault("step fails");
        }
        after(duration(step), () -> {
            if (machine.boots != boot
                    || (step.activates() && machine.cuttable.remove(key) == null)) {
                return;
            }
            Optional<String> refused = fails
                    ? Optional.of("It broke.")
                    : machine.apply(step, run.epoch());
            over(machine, run, refused.isEmpty(), refused.orElse("ok."));
        });
    }

    private void over(Machine machine, Effect.Run run, boolean ok, String detail) {
        dispatch(machine, at -> new Event.StepOver(at, run.service(), run.epoch(),
                run.step().id(), ok, detail));
    }

    private long duration(Step step) {
        return switch (step.verb()) {
            case PROMOTE -> between(50, 500) * MS;
            case DEMOTE -> chance(0.1) ? 3000 * MS : between(20, 200) * MS;
            case RESYNC -> 1000 * MS;
            case STANCE, PAUSE, STOP, GRANT, START, FOLLOW -> between(2, 40) * MS;
        };
    }

    private void fence(Machine machine, Effect.Fence fence) {
        int boot = machine.boots;
        machine.cuttable.clear();
        machine.fencedToken = Math.max(machine.fencedToken, fence.epoch());
        boolean fails = chance(0.1);
        if (fails) {
            tally.fault("fence fails");
        }
        after(fails ? 20 * MS : between(20, 200) * MS, () -> {
            if (machine.boots == boot) {
                fenced(machine, fence, !fails);
            }
        });
    }

    /** The monitor's own threads fence, so they hang with it. */
    private void fenced(Machine machine, Effect.Fence fence, boolean ok) {
        if (machine.paused) {
            machine.missed.addFirst(() -> fenced(machine, fence, ok));
            return;
        }
        boolean admitted = fence.epoch() >= machine.newestToken;
        if (ok && admitted && mutation != Mutation.EMPTY_FENCE) {
            machine.fence(fence.epoch());
        }
        dispatch(machine, at -> new Event.Fenced(at, fence.service(), fence.epoch(),
                ok && admitted,
                ok && admitted ? "all stopped." : "it broke or was refused."));
    }

    private void probe(Machine machine) {
        if (!machine.running()) {
            return;
        }
        List<Fact> facts = new ArrayList<>();
        for (Machine other : machines.values()) {
            if (other != machine) {
                boolean reached = other.up && connected(machine.site, other.site)
                        && now >= machine.liesUntil;
                facts.add(new Fact.Heartbeat(machine.site, other.site,
                        seen(machine, "beat." + other.site, reached && !other.paused)));
                if (other.datacenter) {
                    facts.add(new Fact.Outside(machine.site, SHOP, other.site,
                            seen(machine, "door." + other.site, reached)));
                }
            }
        }
        if (machine.datacenter) {
            facts.add(new Fact.Database(SHOP, machine.site, "db", Health.UP, machine.primary));
            facts.add(new Fact.AppServer(SHOP, machine.site, "app1",
                    seen(machine, "app", machine.app)));
            facts.add(new Fact.Announcement(SHOP, machine.site, machine.rung, true));
        }
        if (!facts.equals(machine.lastFacts)) {
            machine.lastFacts = facts;
            dispatch(machine, at -> new Event.Observed(at, facts));
        }
    }

    private static Health seen(Machine machine, String what, boolean ok) {
        Hysteresis next = machine.seen.getOrDefault(what, Hysteresis.of(2, 3)).observe(ok);
        machine.seen.put(what, next);
        return next.health();
    }

    void request(String to) {
        tally.fault("operator asks to move");
        say("operator", "asks for a switchover to " + to);
        log.propose("arb", new Command.Request(SHOP, Command.Request.Kind.SWITCHOVER, to, "eve",
                false), reply -> {
                });
    }

    void acknowledge() {
        log.propose("arb", new Command.Unblock(SHOP, "eve"), reply -> {
        });
    }

    // ---- invariants ----

    private void check() {
        // Who wrote before the very first grant is not our doing.
        boolean granted = log.state.service(SHOP).orElseThrow().ticket().epoch() > 0;
        List<String> writers = new ArrayList<>();
        for (Machine machine : machines.values()) {
            if (machine.writable() && granted) {
                writers.add(machine.site);
                long since = now - machine.renewalSent;
                require(since <= 1500 * MS * 1.02 + 1000 * MS, machine.site + " writes "
                        + since / MS + " ms after it sent its last granted renewal");
            }
        }
        require(writers.size() <= 1, "two writers: " + writers);
    }

    void committed(ClusterState before, Command command, Reply reply) {
        reached(before.service(SHOP).orElseThrow());
        long old = before.service(SHOP).orElseThrow().ticket().epoch();
        long next = log.state.service(SHOP).orElseThrow().ticket().epoch();
        require(next == old || next == old + 1, "epoch jumps from " + old + " to " + next);
        if (old == 0 && next == 1) {
            // The first holder's lease counts from its grant: it may have been the writer before.
            String first = log.state.service(SHOP).orElseThrow().ticket().holder();
            machine(first).renewalSent = now;
        }
        require(next == old || command instanceof Command.Grant, "only a grant moves the epoch");
        if (command instanceof Command.Grant grant && reply instanceof Reply.Done) {
            machines.values().stream()
                    .filter(it -> !it.site.equals(grant.site()))
                    .forEach(it -> require(!it.writable(),
                            "granted to " + grant.site() + " while " + it.site + " writes"));
        }
    }

    private void reached(ServiceState before) {
        tally.state("ticket " + service().ticket().phase());
        service().running().ifPresent(
                running -> tally.state("transition " + running.transition().kind()));
        before.running().filter(_ -> service().running().isEmpty())
                .ifPresent(running -> tally.state("transition " + running.transition().kind()
                        + (running.granted() ? " ended" : " ended before its grant")));
        service().blocked().ifPresent(_ -> tally.state("blocked after a move"));
    }

    /** Rule 5, by the real ladder and what the other site really does. */
    private void checkStance(Machine machine, Step step) {
        boolean worse = LADDER.indexOf(step.argument()) > LADDER.indexOf(machine.rung);
        String other = machine.site.equals("dc1") ? "dc2" : "dc1";
        // Probes and the log need a moment to tell that a site is gone.
        Machine there = machine(other);
        boolean taken = there.up || now - there.downSince < 3000 * MS;
        require(!worse || taken, machine.site + " turns from " + machine.rung + " to "
                + step.argument() + " although " + other + " announces nothing");
    }

    void require(boolean fine, String otherwise) {
        if (!fine) {
            throw new Violation(otherwise + "\nat " + now / MS + " ms\n"
                    + journal.subList(Math.max(0, journal.size() - SHOWN), journal.size())
                            .stream().map(Line::toString).collect(Collectors.joining("\n")));
        }
    }

    void say(String who, String text) {
        journal.add(new Line(now, who, text));
    }

    /** What happened so far, a line each. */
    List<Line> journal() {
        return List.copyOf(journal);
    }
}
