package io.siteswap.monitor.failover;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Ticket.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole failover logic under seeded faults. {@code -Dsim.seeds=N} runs more of them,
 * {@code -Dsim.seed=S} one of them again.
 */
class SimulationTest {

    private static final long SECOND = 1_000 * SimWorld.MS;
    private static final long FAULTS_END = 25 * SECOND;
    private static final long QUIET = 25 * SECOND;

    @Test
    void keepsItsPromisesUnderFaults() {
        Long one = Long.getLong("sim.seed");
        int count = Integer.getInteger("sim.seeds", 200);
        List<String> failures = new ArrayList<>();
        for (long seed = one != null ? one : 1; seed <= (one != null ? one : count); seed++) {
            try {
                run(seed, SimFaults.NONE);
            } catch (AssertionError e) {
                failures.add("seed " + seed + ": " + e.getMessage());
            }
        }
        assertTrue(failures.isEmpty(), () -> failures.size() + " failures, seeds "
                + failures.stream().map(it -> it.substring(5, it.indexOf(':'))).toList() + "\n"
                + failures.getFirst());
    }

    static List<SimFaults> broken() {
        return List.of(
                new SimFaults(1000, 1, false, false, false, false),
                new SimFaults(1, 0.01, false, false, false, false),
                new SimFaults(1, 1, true, false, false, false),
                new SimFaults(1, 1, false, true, false, false),
                new SimFaults(1, 1, false, false, true, false),
                new SimFaults(1, 1, false, false, false, true));
    }

    /** A simulation that cannot fail shows nothing. */
    @ParameterizedTest
    @MethodSource("broken")
    void noticesWhatIsBroken(SimFaults faults) {
        for (long seed = 1; seed <= 400; seed++) {
            try {
                run(seed, faults);
            } catch (AssertionError found) {
                return;
            }
        }
        throw new AssertionError("400 seeds did not notice " + faults);
    }

    private static void run(long seed, SimFaults faults) {
        SimWorld world = new SimWorld(seed, false, faults);
        Random random = new Random(seed * 31);
        long at = 4 * SECOND;
        world.runUntil(at);
        while (at < FAULTS_END) {
            fault(world, random);
            at += (long) (SECOND * (0.3 + random.nextDouble() * 3));
            world.runUntil(at);
        }
        world.heal();
        world.machines().forEach(world::powerOn);
        world.runUntil(FAULTS_END + QUIET);
        alive(world);
    }

    private static void fault(SimWorld world, Random random) {
        List<SimMachine> machines = List.copyOf(world.machines());
        SimMachine one = machines.get(random.nextInt(3));
        SimMachine other = machines.get(random.nextInt(3));
        switch (random.nextInt(10)) {
            case 0 -> world.powerOff(one);
            case 1, 2 -> world.machines().forEach(world::powerOn);
            case 3 -> world.isolate(one.site);
            case 4 -> world.cut(one.site, other.site);
            case 5, 6 -> world.heal();
            case 7 -> {
                if (world.now() - one.pausedAt > 6 * SECOND) {
                    world.pause(one, (long) (SECOND * random.nextDouble() * 4));
                }
            }
            case 8 -> world.request(random.nextBoolean() ? "dc1" : "dc2");
            default -> world.acknowledge();
        }
    }

    /** When the faults are over, exactly one site serves, with everything in its place. */
    private static void alive(SimWorld world) {
        ServiceState state = world.log.state.service(SimWorld.SHOP).orElseThrow();
        world.require(state.running().isEmpty(), "a transition does not end: " + state.running());
        world.require(state.ticket().phase() == Phase.HELD, "nobody holds " + state.ticket());
        for (SimMachine machine : world.machines()) {
            if (machine.datacenter) {
                boolean active = machine.site.equals(state.ticket().holder());
                world.require(machine.primary == active && machine.app == active
                        && machine.serving == active,
                        machine.site + (active
                                ? " should serve"
                                : " should stand by") + ": database " + machine.primary
                                + ", app " + machine.app + ", lb " + machine.serving);
                world.require(machine.rung.equals(active ? "normal" : "backup"),
                        machine.site + " announces " + machine.rung);
            }
        }
    }
}
