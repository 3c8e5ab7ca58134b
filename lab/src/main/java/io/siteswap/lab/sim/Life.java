package io.siteswap.lab.sim;

import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Ticket.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * One life of a cluster: it comes up, faults happen to it, they end, and it has some time to find
 * its way back. The same seed gives the same life.
 *
 * @param violation absent: every invariant held after every event, and it came back
 * @param journal what the world did and what the monitors said
 */
record Life(long seed, Optional<String> violation, List<World.Line> journal) {

    private static final long SECOND = 1000 * World.MS;
    private static final long CALM = 4 * SECOND;
    private static final long FAULTS_END = 25 * SECOND;
    private static final long RECOVERY = 25 * SECOND;
    /** Between two faults, in seconds. */
    private static final double SHORTEST_PAUSE = 0.3;
    private static final double MORE_PAUSE = 3;
    /** Of a stack trace that is shown. */
    private static final int DEPTH = 12;
    /** That something hangs, stalls or lies, in seconds. */
    private static final double LONGEST = 4;
    /** A machine that hangs all the time would only be one that is off. */
    private static final long BETWEEN_HANGS = 6 * SECOND;

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
        tally.end(world.now());
        return new Life(seed, violation, world.journal());
    }

    private static void live(World world, Random random) {
        long at = CALM;
        world.runUntil(at);
        world.noise(true);
        while (at < FAULTS_END) {
            fault(world, random);
            at += (long) (SECOND * (SHORTEST_PAUSE + random.nextDouble() * MORE_PAUSE));
            world.runUntil(at);
        }
        world.noise(false);
        world.heal();
        world.machines().forEach(world::powerOn);
        world.runUntil(FAULTS_END + RECOVERY);
        serves(world);
    }

    private static void fault(World world, Random random) {
        List<Machine> machines = List.copyOf(world.machines());
        Machine one = machines.get(random.nextInt(3));
        Machine other = machines.get(random.nextInt(3));
        switch (random.nextInt(12)) {
            case 0 -> world.powerOff(one);
            case 1, 2 -> world.machines().forEach(world::powerOn);
            case 3 -> world.isolate(one.site);
            case 4 -> world.cut(one.site, other.site);
            case 5, 6 -> world.heal();
            case 7 -> {
                if (world.now() - one.pausedAt > BETWEEN_HANGS) {
                    world.pause(one, some(random));
                }
            }
            case 8 -> world.stall(one, some(random));
            case 9 -> world.lie(one, some(random));
            case 10 -> world.request(random.nextBoolean() ? "dc1" : "dc2");
            default -> world.acknowledge();
        }
    }

    private static long some(Random random) {
        return (long) (SECOND * random.nextDouble() * LONGEST);
    }

    /** When the faults are over, exactly one site serves, with everything in its place. */
    private static void serves(World world) {
        ServiceState state = world.service();
        world.require(state.running().isEmpty(), "a transition does not end: " + state.running());
        world.require(state.ticket().phase() == Phase.HELD, "nobody holds " + state.ticket());
        for (Machine machine : world.machines()) {
            if (machine.datacenter) {
                boolean active = machine.site.equals(state.ticket().holder());
                world.require(machine.primary == active && machine.app == active
                        && machine.serving == active,
                        machine.site + (active ? " should serve" : " should stand by")
                                + ": database " + machine.primary + ", app " + machine.app
                                + ", lb " + machine.serving);
                world.require(machine.rung.equals(active ? "normal" : "backup"),
                        machine.site + " announces " + machine.rung);
            }
        }
    }
}
