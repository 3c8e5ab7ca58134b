package io.siteswap.lab.sim;

import io.siteswap.monitor.failover.Event;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
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

    private static final long MS = VirtualTime.MS;
    /** An operator who asks for something at the worst moment. */
    private static final double MEDDLES = 0.05;

    record Entry(Command command, Reply reply, ClusterState after) {
    }

    private final World world;
    private final VirtualTime time;
    private final List<Entry> entries = new ArrayList<>();
    /** In the log of a leader that could not commit them; perhaps in that of the next one, too. */
    private final List<Command> limbo = new ArrayList<>();
    private final ClusterState initial;
    private ClusterState state;
    private Optional<Machine> leader = Optional.empty();
    private int term;
    private long headlessSince;

    MajorityLog(World world) {
        this.world = world;
        this.time = world.time();
        this.initial = Quorum.initial(world.services());
        this.state = initial;
    }

    ClusterState state() {
        return state;
    }

    int size() {
        return entries.size();
    }

    Entry entry(int index) {
        return entries.get(index);
    }

    /** The state after so many entries. */
    ClusterState stateAfter(int count) {
        return count == 0 ? initial : entries.get(count - 1).after();
    }

    Optional<Machine> leader() {
        return leader;
    }

    boolean leads(Machine machine) {
        return leader.isPresent() && leader.get() == machine;
    }

    /** It reaches a majority that runs and whose disks write, itself included. */
    private boolean majority(Machine machine) {
        if (!machine.writes()) {
            return false;
        }
        int count = 0;
        for (Machine other : world.machines()) {
            count += other.writes() && world.network().connected(machine, other) ? 1 : 0;
        }
        return 2 * count > world.machines().size();
    }

    /** Called every 100 ms of world time: elections, and news for the followers. */
    void pulse() {
        if (leader.isPresent() && majority(leader.get())) {
            headlessSince = time.now();
        } else if (time.now() - headlessSince >= time.between(300, 600) * MS) {
            elect();
        }
        for (Machine machine : world.machines()) {
            if (machine.monitor.leads() && !leads(machine)) {
                depose(machine);
            }
            if (machine.monitor.behind()) {
                time.after(time.delay(), () -> catchUp(machine));
            }
        }
    }

    private void depose(Machine machine) {
        boolean hears = leader.filter(it -> world.network().reaches(it, machine)).isPresent();
        // Cut off, it gives up by itself after a while.
        if (machine.monitor.running() && (hears || time.chance(0.05))) {
            machine.monitor.give(now -> new Event.Leadership(now, false));
        }
    }

    /** A leader whose process died leads no more when it comes back. */
    void died(Machine machine) {
        if (leads(machine)) {
            leader = Optional.empty();
            headlessSince = time.now();
        }
    }

    private void elect() {
        List<Machine> able = world.machines().stream().filter(this::majority).toList();
        if (able.isEmpty()) {
            return;
        }
        List<Machine> preferred = able.stream().filter(it -> !it.datacenter).toList();
        List<Machine> from = preferred.isEmpty() ? able : preferred;
        Machine chosen = from.get(time.pick(from.size()));
        leader = Optional.of(chosen);
        term++;
        for (String service : world.services()) {
            ServiceState now = world.service(service);
            now.running().ifPresent(running -> world.tally()
                    .state("leader elected during " + running.transition().kind()));
            world.tally().state("leader elected, ticket " + now.ticket().phase());
        }
        int elected = term;
        headlessSince = time.now();
        limbo.forEach(command -> {
            if (time.chance(0.5)) {
                commit(command);
            }
        });
        limbo.clear();
        time.after(time.between(5, 100) * MS, () -> begin(chosen, elected));
    }

    private void begin(Machine chosen, int elected) {
        if (term != elected) {
            return;
        }
        if (chosen.monitor.running()) {
            catchUp(chosen);
            chosen.monitor.give(now -> new Event.Leadership(now, true));
        } else {
            // It hangs before it knows; the others elect another one.
            leader = Optional.empty();
        }
    }

    /** A proposal by a site; {@code answer} hears of the reply once, or never. */
    void propose(Machine from, Command command, Answer answer) {
        long delay = time.delay();
        if (leader.isEmpty() || !world.network().reaches(from, leader.get())
                || world.network().lost()) {
            return;
        }
        Machine to = leader.get();
        int sentIn = term;
        time.after(delay, () -> {
            if (term == sentIn && leads(to) && to.monitor.running()) {
                time.after(2 * time.delay(), () -> finish(from, command, sentIn, answer));
                if (world.network().twice()) {
                    time.after(4 * time.delay(), () -> finish(from, command, sentIn, _ -> {
                    }));
                }
            }
        });
    }

    interface Answer {
        void reply(Reply reply);
    }

    private void finish(Machine from, Command command, int sentIn, Answer answer) {
        if (term != sentIn) {
            // Only in the log of a leader that is none any more: overwritten.
            return;
        }
        if (leader.isEmpty() || !majority(leader.get())) {
            limbo.add(command);
            return;
        }
        Machine at = leader.get();
        // What came before it in the leader's log is committed with it.
        limbo.forEach(each -> {
            Reply _ = commit(each);
        });
        limbo.clear();
        Reply reply = commit(command);
        answer.reply(reply);
        catchUp(at);
        for (Machine machine : world.machines()) {
            if ((machine != at && machine != from) || time.chance(0.5)) {
                time.after(time.delay(), () -> catchUp(machine));
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
        if (!state.equals(before) || command instanceof Command.Grant) {
            for (String service : world.services()) {
                world.invariants().committed(before.service(service).orElseThrow(),
                        world.service(service), command, applied.reply());
            }
            meddle(command);
        }
        return applied.reply();
    }

    private static ClusterState decree(ClusterState state, Command.Decide decide) {
        String from = decide.decision().from();
        return Quorum.apply(state, new Command.Released(decide.decision().service(), from,
                decide.ifEpoch(), state.runs().getOrDefault(from, 0L))).next();
    }

    private void meddle(Command command) {
        String service = switch (command) {
            case Command.Decide it -> it.decision().service();
            case Command.Grant it -> it.service();
            case Command.Released it -> it.service();
            case Command.StepOver it -> it.service();
            default -> "";
        };
        if (!service.isEmpty() && world.network().noisy() && time.chance(MEDDLES)) {
            time.after(time.between(0, 300) * MS,
                    () -> world.request(service, time.chance(0.5) ? "dc1" : "dc2", false));
        }
    }

    /** Delivers what the machine's replica has not applied yet, when it can hear of it. */
    private void catchUp(Machine machine) {
        boolean hears = leader.isPresent() && (leads(machine)
                || (world.network().reaches(leader.get(), machine) && majority(leader.get())));
        if (hears && machine.writes()) {
            machine.monitor.replay(entries.size());
        }
    }
}
