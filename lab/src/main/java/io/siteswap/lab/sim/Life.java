package io.siteswap.lab.sim;

import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Ticket.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * One life of a cluster: it comes up, and some times faults happen to it, they end, it has some time
 * to find its way back, and nothing to do for a while. The same seed gives the same life.
 *
 * @param violation absent: every invariant held after every event, and it came back
 * @param journal what the world did and what the monitors said
 */
record Life(long seed, Optional<String> violation, List<World.Line> journal) {

    private static final long SECOND = 1000 * VirtualTime.MS;
    private static final long CALM = 4 * SECOND;
    private static final int STORMS = 3;
    private static final long STORM = 20 * SECOND;
    /** For the way back after a storm. */
    private static final long RECOVERY = 25 * SECOND;
    /** With nothing to do. */
    private static final long QUIET = 15 * SECOND;
    /** Between two faults, in seconds. */
    private static final double SHORTEST_PAUSE = 0.2;
    private static final double MORE_PAUSE = 2;
    /** Of a stack trace that is shown. */
    private static final int DEPTH = 12;
    /** That something hangs, stalls or lies, in seconds. */
    private static final double LONGEST = 4;
    /** A machine that hangs all the time would only be one that is off. */
    private static final long BETWEEN_HANGS = 6 * SECOND;
    /** One move in so many is asked for in spite of everything. */
    private static final int FORCED = 10;
    /** Somebody who looks after the standbys looks again. */
    private static final long LOOK = 2500 * VirtualTime.MS;
    /** After how many storms nobody does. */
    private static final int NEGLECTED = 4;

    /** @param tally gets what this life was made of */
    static Life of(long seed, Mutation mutation, Tally tally) {
        World world = new World(seed, false, mutation, tally);
        Optional<String> violation = Optional.empty();
        try {
            live(world, new Random(seed * 31));
        } catch (Violation e) {
            violation = Optional.of(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // The core must not throw, whatever happens to it.
            violation = Optional.of(e + "\n" + Arrays.stream(e.getStackTrace()).limit(DEPTH)
                    .map(frame -> "  at " + frame).collect(Collectors.joining("\n")));
        }
        tally.end(world.time().now());
        return new Life(seed, violation, world.journal());
    }

    private static void live(World world, Random random) {
        world.runUntil(CALM);
        for (int i = 0; i < STORMS; i++) {
            storm(world, random);
            world.runUntil(world.time().now() + RECOVERY);
            serves(world);
            boolean tended = random.nextInt(NEGLECTED) != 0;
            long end = world.time().now() + QUIET;
            while (world.time().now() < end) {
                if (tended) {
                    world.services().forEach(service -> rebuild(world, service));
                }
                world.runUntil(world.time().now() + LOOK);
            }
            serves(world);
            if (tended) {
                world.services().forEach(service -> world.require(
                        world.replication(service).complete(standby(world, service)), service
                                + ": the standby does not replicate although it was rebuilt"));
            }
        }
    }

    private static void rebuild(World world, String service) {
        Database standby = standby(world, service);
        if (!world.replication(service).complete(standby)
                && world.service(service).running().isEmpty()) {
            world.rebuild(service, world.machines().get(standby.place).site);
        }
    }

    private static Database standby(World world, String service) {
        String holder = world.service(service).ticket().holder();
        return world.replication(service).database(1 - world.machine(holder).place);
    }

    private static void storm(World world, Random random) {
        world.network().noise(true);
        long end = world.time().now() + STORM;
        while (world.time().now() < end) {
            fault(world, random);
            world.runUntil(world.time().now()
                    + (long) (SECOND * (SHORTEST_PAUSE + random.nextDouble() * MORE_PAUSE)));
        }
        world.network().noise(false);
        world.heal();
        world.machines().forEach(world::powerOn);
    }

    private static void fault(World world, Random random) {
        List<Machine> machines = world.machines();
        Machine one = machines.get(random.nextInt(machines.size()));
        Machine other = machines.get(random.nextInt(machines.size()));
        List<String> services = world.services();
        String service = services.get(random.nextInt(services.size()));
        switch (random.nextInt(21)) {
            case 0 -> world.powerOff(one);
            case 1, 2 -> machines.forEach(world::powerOn);
            case 3 -> world.isolate(one);
            case 4 -> world.cut(one, other);
            case 5 -> world.cutOneWay(one, other);
            case 6, 7 -> world.heal();
            case 8 -> {
                if (world.time().now() - one.monitor.pausedAt() > BETWEEN_HANGS) {
                    world.pause(one, some(random));
                }
            }
            case 9 -> world.killMonitor(one);
            case 10 -> world.killGuard(one);
            case 11 -> world.pauseGuard(one, some(random));
            case 12 -> world.stall(one, some(random));
            case 13 -> world.lie(one, some(random));
            case 14 -> world.relay(one, some(random));
            case 15, 16 -> world.request(service, random.nextBoolean() ? "dc1" : "dc2",
                    random.nextInt(FORCED) == 0);
            case 17 -> world.lag(service, some(random));
            case 18 -> world.stallStandby(service, some(random));
            case 19 -> world.rebuild(service, random.nextBoolean() ? "dc1" : "dc2");
            default -> world.acknowledge(service);
        }
    }

    private static long some(Random random) {
        return (long) (SECOND * random.nextDouble() * LONGEST);
    }

    /** When the faults are over, exactly one site serves, with everything in its place. */
    private static void serves(World world) {
        world.services().forEach(service -> serves(world, service));
    }

    private static void serves(World world, String service) {
        ServiceState state = world.service(service);
        state.running().ifPresent(running -> {
            throw new Violation("a transition does not end: " + running.transition().kind()
                    + " to " + running.transition().to() + ", over: "
                    + running.over().keySet().stream().sorted().toList());
        });
        world.require(state.ticket().phase() == Phase.HELD, "nobody holds " + state.ticket());
        world.require(state.ledger().up(), "the ledger knows of " + state.ledger().outage());
        for (Machine machine : world.machines()) {
            if (machine.datacenter) {
                boolean active = machine.site.equals(state.ticket().holder());
                Resources it = machine.resources(service);
                world.require(it.primary() == active && it.app() == active
                        && it.serving() == active,
                        machine + (active ? " should serve" : " should stand by") + ": database "
                                + it.primary() + ", app " + it.app() + ", lb " + it.serving());
                world.require(it.rung().equals(active ? "normal" : "backup"),
                        machine + " announces " + it.rung());
            }
        }
    }
}
