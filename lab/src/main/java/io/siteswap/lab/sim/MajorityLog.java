package io.siteswap.lab.sim;

import io.siteswap.monitor.failover.Event;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Quorum;
import io.siteswap.monitor.quorum.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A replicated log as a majority would give it: one leader at a time commits, an old one may go on
 * believing that it leads, and a proposal that got no answer may still be committed later.
 */
final class MajorityLog {

    private static final long MS = 1_000_000;

    record Entry(Command command, Reply reply, ClusterState after) {
    }

    private final World world;
    final List<Entry> entries = new ArrayList<>();
    private final List<Command> limbo = new ArrayList<>();
    ClusterState state;
    Optional<String> leader = Optional.empty();
    private int term;
    private long headlessSince;

    MajorityLog(World world, ClusterState initial) {
        this.world = world;
        this.state = initial;
    }

    /** Called every 100 ms of world time: elections, and news for the followers. */
    void pulse() {
        boolean leads = leader.map(world::machine)
                .filter(it -> world.majority(it.site)).isPresent();
        if (leads) {
            headlessSince = world.now();
        } else if (world.now() - headlessSince >= world.between(300, 600) * MS) {
            elect();
        }
        for (Machine machine : world.machines()) {
            boolean believes = machine.leads();
            boolean deposed = !leader.equals(Optional.of(machine.site));
            boolean hears = leader.filter(it -> world.connected(it, machine.site)).isPresent();
            // Cut off, it gives up by itself after a while.
            if (machine.running() && believes && deposed && (hears || world.chance(0.05))) {
                world.dispatch(machine, now -> new Event.Leadership(now, false));
            }
            world.after(world.delay(), () -> catchUp(machine));
        }
    }

    /** A leader whose process died leads no more when it comes back. */
    void died(String site) {
        if (leader.equals(Optional.of(site))) {
            leader = Optional.empty();
            headlessSince = world.now();
        }
    }

    private void elect() {
        List<String> able = world.machines().stream()
                .filter(it -> world.majority(it.site)).map(it -> it.site)
                .toList();
        if (able.isEmpty()) {
            return;
        }
        String chosen = able.contains("arb") ? "arb" : able.get(world.pick(able.size()));
        leader = Optional.of(chosen);
        term++;
        world.service().running().ifPresent(running -> world.tally()
                .state("leader elected during " + running.transition().kind()));
        world.tally().state("leader elected, ticket " + world.service().ticket().phase());
        int elected = term;
        headlessSince = world.now();
        limbo.forEach(command -> {
            if (world.chance(0.5)) {
                commit(command);
            }
        });
        limbo.clear();
        Machine machine = world.machine(chosen);
        world.after(world.between(5, 100) * MS, () -> {
            if (term != elected) {
                return;
            }
            if (machine.running()) {
                catchUp(machine);
                world.dispatch(machine, now -> new Event.Leadership(now, true));
            } else {
                // It hangs before it knows; the others elect another one.
                leader = Optional.empty();
            }
        });
    }

    /** A proposal by a site; {@code answer} hears of the reply once, or never. */
    void propose(String site, Command command, Answer answer) {
        long delay = world.delay();
        Optional<String> to = leader.filter(it -> world.connected(site, it));
        if (to.isEmpty() || world.lost()) {
            return;
        }
        int sentIn = term;
        world.after(delay, () -> {
            if (term == sentIn && leader.equals(to) && world.machine(to.get()).running()) {
                world.after(2 * world.delay(), () -> finish(site, command, sentIn, answer));
                if (world.twice()) {
                    world.after(4 * world.delay(), () -> finish(site, command, sentIn, _ -> {
                    }));
                }
            }
        });
    }

    interface Answer {
        void reply(Reply reply);
    }

    private void finish(String site, Command command, int sentIn, Answer answer) {
        String at = leader.orElse("");
        if (term != sentIn || at.isEmpty() || !world.majority(at)) {
            limbo.add(command);
            return;
        }
        Reply reply = commit(command);
        answer.reply(reply);
        catchUp(world.machine(at));
        for (Machine machine : world.machines()) {
            if ((!machine.site.equals(at) && !machine.site.equals(site)) || world.chance(0.5)) {
                world.after(world.delay(), () -> catchUp(machine));
            }
        }
    }

    private Reply commit(Command command) {
        Quorum.Applied applied = Quorum.apply(state, command);
        if (world.mutation() == Mutation.RELEASE_BY_DECREE
                && command instanceof Command.Decide decide && decide.decision().moves()
                && applied.reply() instanceof Reply.Done
                && !decide.decision().from().isEmpty()) {
            applied = new Quorum.Applied(decree(applied.next(), decide), applied.reply());
        }
        ClusterState before = state;
        state = applied.next();
        entries.add(new Entry(command, applied.reply(), state));
        world.committed(before, command, applied.reply());
        return applied.reply();
    }

    private static ClusterState decree(ClusterState state, Command.Decide decide) {
        String from = decide.decision().from();
        return Quorum.apply(state, new Command.Released(decide.decision().service(), from,
                decide.ifEpoch(), state.runs().getOrDefault(from, 0L))).next();
    }

    /** Delivers what the machine's replica has not applied yet, when it can hear of it. */
    void catchUp(Machine machine) {
        boolean hears = leader.filter(it -> it.equals(machine.site)
                || (world.connected(it, machine.site) && world.majority(it)))
                .isPresent() && world.writes(machine);
        if (hears) {
            replay(machine, entries.size());
        }
    }

    void replay(Machine machine, int end) {
        while (machine.running() && machine.node.isPresent() && machine.applied < end) {
            Entry entry = entries.get(machine.applied++);
            machine.state = entry.after();
            world.dispatch(machine, now -> new Event.Applied(now, entry.command(), entry.reply(),
                    entry.after()));
        }
    }

}
