package io.siteswap.lab.sim;

import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Reply;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Step;
import java.util.Arrays;
import java.util.List;

/** What must hold at every moment; see docs/safety.md. */
final class Invariants {

    private static final long MS = VirtualTime.MS;
    /** Lease by the slowest honest clock, then the fence bound. */
    private static final long LONGEST_ACTIVE = 1500 * MS * 102 / 100 + 1000 * MS;
    /** Probes and the log need a moment to tell that a site is gone. */
    private static final long NEWS = 3000 * MS;

    private final World world;
    /** World time at which the newest granted renewal was sent, by service and site, by place. */
    private final long[][] renewalSent;
    /** By the service's place. */
    private final boolean[] granted;

    Invariants(World world) {
        this.world = world;
        int services = world.services().size();
        this.renewalSent = new long[services][Shape.DATACENTERS.size()];
        for (long[] sent : renewalSent) {
            Arrays.fill(sent, Long.MIN_VALUE / 2);
        }
        this.granted = new boolean[services];
    }

    void renewalGranted(String service, Machine machine, long sent) {
        long[] last = renewalSent[world.services().indexOf(service)];
        last[machine.place] = Math.max(last[machine.place], sent);
    }

    /** Rules 1 and 2; after every event. */
    void check() {
        for (int service = 0; service < granted.length; service++) {
            // Who wrote before the very first grant is not our doing.
            if (granted[service]) {
                check(service);
            }
        }
    }

    private void check(int service) {
        Machine writer = null;
        for (int place = 0; place < renewalSent[service].length; place++) {
            Machine machine = world.machines().get(place);
            if (!machine.writable(service)) {
                continue;
            }
            long since = world.time().now() - renewalSent[service][place];
            if (since > LONGEST_ACTIVE) {
                throw world.violation(of(service) + machine + " writes " + since / MS
                        + " ms after it sent its last granted renewal");
            }
            if (writer != null) {
                throw world.violation(
                        of(service) + "two writers: " + List.of(writer, machine));
            }
            writer = machine;
        }
    }

    private String of(int service) {
        return granted.length == 1 ? "" : world.services().get(service) + ": ";
    }

    /** Rules 3 and 4; after every entry of the log. */
    void committed(ServiceState before, ServiceState after, Command command, Reply reply) {
        String name = after.ticket().service();
        int service = world.services().indexOf(name);
        reached(before, after);
        plans(name, before, after, command);
        long old = before.ticket().epoch();
        long next = after.ticket().epoch();
        if (next != old && next != old + 1) {
            throw world.violation("epoch jumps from " + old + " to " + next);
        }
        if (next != old && !(command instanceof Command.Grant)) {
            throw world.violation("only a grant moves the epoch, not " + command);
        }
        if (old == 0 && next == 1) {
            // The first holder's lease counts from its grant: it may have been the writer before.
            granted[service] = true;
            renewalGranted(name, world.machine(after.ticket().holder()), world.time().now());
        }
        if (command instanceof Command.Grant grant && grant.service().equals(name)
                && reply instanceof Reply.Done) {
            for (Machine machine : world.machines()) {
                if (!machine.site.equals(grant.site()) && machine.writable(service)) {
                    throw world.violation(of(service) + "granted to " + grant.site() + " while "
                            + machine + " writes");
                }
            }
            world.require(grant.basis() != Command.Grant.Basis.EXPIRED
                    || world.shape().fencing() != Shape.Fencing.REQUIRED,
                    of(service) + "no device confirmed that " + before.ticket().holder()
                            + " has no power, and " + grant.site() + " is granted its service");
        }
    }

    /** A switchover that was asked for without force must lose nothing. */
    private void plans(String service, ServiceState before, ServiceState after, Command command) {
        if (before.running().isEmpty() == after.running().isEmpty()) {
            return;
        }
        boolean asked = before.request().filter(it -> !it.force()).isPresent();
        boolean swaps = command instanceof Command.Decide decide
                && decide.decision().kind() == Decision.Kind.SWITCHOVER;
        world.replication(service)
                .planned(after.running().isPresent() && swaps && asked);
    }

    private void reached(ServiceState before, ServiceState after) {
        Tally tally = world.tally();
        if (before.equals(after)) {
            return;
        }
        tally.state("ticket " + after.ticket().phase());
        after.running().ifPresent(
                running -> tally.state("transition " + running.transition().kind()));
        before.running().filter(_ -> after.running().isEmpty())
                .ifPresent(running -> tally.state("transition " + running.transition().kind()
                        + (running.granted() ? " ended" : " ended before its grant")));
        after.blocked().ifPresent(_ -> tally.state("blocked after a move"));
    }

    /** Rule 5, by the real ladder and what the other site really does. */
    void checkStance(String service, Machine machine, Step step) {
        String now = machine.resources(service).rung();
        boolean worse = World.LADDER.indexOf(step.argument()) > World.LADDER.indexOf(now);
        Machine other = world.machine(machine.site.equals("dc1") ? "dc2" : "dc1");
        boolean taken = other.up() || world.time().now() - other.downSince() < NEWS;
        if (worse && !taken) {
            throw world.violation(machine + " turns from " + now + " to " + step.argument()
                    + " although " + other + " announces nothing");
        }
    }
}
