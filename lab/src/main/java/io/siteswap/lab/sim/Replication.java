package io.siteswap.lab.sim;

import io.siteswap.lab.sim.Database.Kind;
import io.siteswap.lab.sim.Position.Branch;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Health;
import java.util.List;
import java.util.Optional;

/**
 * A service's two databases and the stream between them, with what may be said about them at every
 * moment. Nothing here happens by itself: how far a stream has come is worked out when something
 * changes or somebody asks.
 */
final class Replication {

    private static final long MS = VirtualTime.MS;
    /** A commit that waits for the replica waits no longer; then it goes on without one. */
    private static final long SYNC_TIMEOUT = 1000 * MS;
    /** Both ends of a connection that is cut in silence believe in it for so long. */
    private static final long SILENCE = 10_000 * MS;
    /** A demoted server that goes on running waits no longer until it has sent all. */
    private static final long SEND = 500 * MS;
    /** For a switchover: the longest lag that its rules let pass. */
    static final long LAG_MS = 500;
    /** What probes see is known to policy within this. */
    private static final long NEWS = 3000 * MS;

    private final World world;
    private final VirtualTime time;
    private final String service;
    private final Kind kind;
    private final Mutation mutation;
    private final List<Database> databases = List.of(new Database(0), new Database(1));
    private int branches;
    /** Who wrote last; before the first writer nothing can be lost. */
    private Optional<Database> writer = Optional.empty();
    /** When something last happened to the data's way that no decision could know of. */
    private long disturbed;
    /** A switchover under way, asked for without force, was decided then. */
    private Optional<Long> planned = Optional.empty();

    Replication(World world, String service, Kind kind) {
        this.world = world;
        this.time = world.time();
        this.service = service;
        this.kind = kind;
        this.mutation = world.mutation();
        // Somebody has set it up: the first datacenter of the list is where it starts.
        boolean first = world.shape().candidates(service).getFirst()
                .equals(Shape.DATACENTERS.getFirst());
        databases.get(first ? 1 : 0).follows = true;
    }

    Database database(int place) {
        return databases.get(place);
    }

    private Machine machine(Database database) {
        return world.machines().get(database.place);
    }

    private Database other(Database database) {
        return databases.get(1 - database.place);
    }

    private boolean serves(Database database) {
        return machine(database).up() && database.runs && database.complete;
    }

    // ---- time goes on ----

    /** Something has changed: what was until now is settled, then the streams are looked at. */
    void look() {
        settle();
        databases.forEach(this::connect);
        databases.forEach(this::hold);
    }

    private void settle() {
        databases.forEach(this::receive);
        databases.forEach(this::acknowledge);
    }

    private void receive(Database it) {
        if (!it.streams || time.now() < it.connectedAt + it.lag) {
            return;
        }
        Position there = other(it).at(time.now() - it.lag);
        if (there.count() > it.now(time.now()).count()) {
            it.takes(there);
        }
    }

    /** How many clients were told that it is safe. */
    private void acknowledge(Database it) {
        if (!it.writes()) {
            return;
        }
        Database replica = other(it);
        boolean answers = answers(replica);
        if (kind != Kind.SEMI_SYNC) {
            it.acknowledged = it.now(time.now());
        } else if (it.inSync && answers) {
            received(it, replica.now(time.now()));
        } else if (it.inSync) {
            if (it.waits() && time.now() - it.waitsSince >= SYNC_TIMEOUT) {
                it.inSync = false;
                it.covered = false;
                it.commits(it.waitsSince + SYNC_TIMEOUT);
                it.acknowledged = it.now(time.now());
                world.tally().state("commits no longer wait for the replica");
            }
        } else if (answers && time.now() >= replica.connectedAt + replica.lag) {
            caughtUp(it, replica);
        } else {
            it.acknowledged = it.now(time.now());
        }
    }

    /** Commits wait again, and those before them, which did not, are on their way. */
    private void caughtUp(Database it, Database replica) {
        it.acknowledged = further(it.acknowledged,
                it.at(replica.connectedAt + replica.lag));
        received(it, replica.now(time.now()));
        it.inSync = it.covered;
    }

    private void received(Database it, Position received) {
        it.covered = it.covered || received.count() >= it.acknowledged.count();
        it.acknowledged = mutation == Mutation.EARLY_ACKNOWLEDGEMENT && it.covered
                ? it.now(time.now())
                : further(it.acknowledged, received);
    }

    private static boolean answers(Database replica) {
        return replica.streams && replica.lag < SYNC_TIMEOUT;
    }

    private static Position further(Position one, Position other) {
        return one.count() >= other.count() ? one : other;
    }

    /** Does the stream into it run from here on? */
    private void connect(Database it) {
        Database source = other(it);
        boolean runs = it.follows && serves(it) && !it.writes() && serves(source)
                && world.network().connected(machine(source), machine(it));
        if (runs && !it.streams) {
            runs = accepted(it, source);
        }
        if (it.streams && !runs) {
            boolean silent = serves(it) && it.follows
                    && (source.runs || !machine(source).up());
            it.deceivedUntil = silent ? time.now() + SILENCE : 0;
        }
        if (runs && !it.streams) {
            it.connectedAt = time.now();
            it.lag = time.exact() ? 0 : time.delay();
        }
        it.streams = runs;
        if (runs) {
            long own = it.now(time.now()).beyond(source.now(time.now()));
            if (own > 0) {
                throw world.violation(name() + machine(it) + " follows " + machine(source)
                        + " although it has " + own + " transactions of its own");
            }
        }
    }

    /** A server is asked for what comes after the newest that the other has, and must have that. */
    private boolean accepted(Database it, Database source) {
        boolean fits = it.now(time.now()).isPrefixOf(source.now(time.now()));
        if (!fits) {
            world.tally().state("a site that has more is not let follow");
        }
        return fits || mutation == Mutation.DIVERGED_FOLLOWS;
    }

    /** Do commits wait from here on, or go on? */
    private void hold(Database it) {
        if (kind != Kind.SEMI_SYNC || !it.writes() || !it.inSync) {
            return;
        }
        boolean answers = answers(other(it));
        if (!answers && !it.waits()) {
            it.holdsUp(time.now());
        } else if (answers && it.waits()) {
            it.commits(time.now());
        }
    }

    private String name() {
        return world.services().size() == 1 ? "" : service + ": ";
    }

    // ---- faults ----

    /** The way of the data is no longer what a decision may have taken it for. */
    void disturb() {
        disturbed = time.now();
        look();
    }

    /** What is on its way takes so long from here on. */
    void lags(long lag) {
        settle();
        databases.stream().filter(it -> it.streams).forEach(it -> it.lag = lag);
        disturb();
    }

    void stalls(long duration) {
        settle();
        databases.stream().filter(it -> it.streams)
                .forEach(it -> it.stalls(time.now(), time.now() + duration));
        disturb();
    }

    void powerOff(Database it) {
        settle();
        if (it.writes()) {
            it.closes(time.now());
            it.runs = !kind.stopsForGood();
        }
        disturb();
    }

    // ---- what agents do ----

    /** Ships and stops: {@link #shipping} says how long that takes. */
    void demote(Database it) {
        settle();
        it.closes(time.now());
        look();
    }

    /** From the end of writes until the replica has everything, or nobody waits for that any more. */
    long shipping(Database it) {
        Database replica = other(it);
        if (mutation == Mutation.DEMOTE_UNSHIPPED) {
            return 0;
        }
        long rest = replica.streams
                ? Math.max(replica.lag, replica.connectedAt + replica.lag - time.now())
                : 0;
        if (kind.stopsForGood()) {
            boolean deceived = !replica.streams && time.now() < replica.deceivedUntil;
            return deceived ? SILENCE : rest;
        }
        return Math.min(SEND, rest);
    }

    /**
     * What was demoted goes down, where it does.
     *
     * @return false: it waits for a replica that it believes in, and that lacks something
     */
    boolean shipped(Database it) {
        settle();
        if (!kind.stopsForGood() || it.writes()) {
            return true;
        }
        Database replica = other(it);
        boolean waits = replica.streams || time.now() < replica.deceivedUntil;
        if (waits && mutation != Mutation.DEMOTE_UNSHIPPED
                && !it.has().isPrefixOf(replica.now(time.now()))) {
            return false;
        }
        it.runs = false;
        look();
        return true;
    }

    /** Stops at once. */
    void fence(Database it) {
        settle();
        if (it.writes()) {
            it.closes(time.now());
            it.runs = !kind.stopsForGood();
            disturb();
        }
    }

    /** Until all that is received is applied and nothing more arrives; 0: nothing to wait for. */
    long draining(Database it) {
        if (it.writes()) {
            return 0;
        }
        settle();
        Database source = other(it);
        boolean arrives = it.streams && mutation != Mutation.PROMOTE_UNRECEIVED
                && it.now(time.now()).count() < source.now(time.now()).count();
        boolean applies = it.stalled(time.now()) && mutation != Mutation.PROMOTE_UNDRAINED;
        long applied = applies ? it.stalledUntil() - time.now() : 0;
        long arrived = arrives ? Math.max(it.lag, it.connectedAt + it.lag - time.now()) : 0;
        return Math.max(applied, arrived);
    }

    /** Empty when done, else why not. */
    Optional<String> promote(Database it) {
        if (!it.complete) {
            return Optional.of("Its data is not complete.");
        }
        if (it.writes()) {
            return Optional.empty();
        }
        if (draining(it) > 0) {
            return Optional.of("It has not applied all that it received.");
        }
        settle();
        Position from = mutation == Mutation.PROMOTE_UNDRAINED ? it.applied(time.now()) : it.has();
        check(it, from);
        it.runs = true;
        it.follows = false;
        it.deceivedUntil = 0;
        open(it, from);
        return Optional.empty();
    }

    private void open(Database it, Position from) {
        // What clients were told before still counts, as far as it is here.
        Position told = writer.map(last -> from.upTo(Position.common(last.acknowledged, from)))
                .orElse(from);
        it.covered = it.covered && writer.filter(last -> last == it).isPresent();
        it.takes(from);
        it.opens(new Branch(++branches, Optional.of(from)), told, time.now());
        writer = Optional.of(it);
        look();
    }

    /** Rule 8, where a history goes on. */
    private void check(Database it, Position from) {
        long received = it.has().beyond(from);
        world.require(received == 0, name() + machine(it) + " was promoted without " + received
                + " transactions that it had received");
        Optional<Database> before = writer.filter(last -> last != it);
        if (before.isEmpty()) {
            return;
        }
        Database old = before.get();
        long written = old.now(time.now()).beyond(from);
        long lost = old.acknowledged.beyond(from);
        boolean calm = planned.filter(decided -> disturbed < decided - NEWS).isPresent();
        world.require(lost == 0 || !calm, name() + "a planned switchover to " + machine(it)
                + " loses " + lost + " acknowledged transactions");
        boolean safe = kind == Kind.SEMI_SYNC && old.covered;
        world.require(lost == 0 || !safe, name() + machine(it) + " was promoted without " + lost
                + " transactions that clients were told a replica had");
        if (lost > 0 && !it.follows) {
            world.tally().state("failover to a site that had not been rebuilt");
        }
        if (written > 0) {
            world.tell("data", name() + machine(it) + " goes on without " + written
                    + " transactions of " + machine(old) + ", " + lost + " of them acknowledged");
        }
        world.tally().state((planned.isPresent() ? "switchover lost " : "failover lost ")
                + (lost > 0 ? "transactions" : "nothing")
                + (calm ? ", nothing had happened to the data's way" : "")
                + (safe ? ", commits waited for the replica" : ""));
    }

    Optional<String> follow(Database it) {
        if (it.writes()) {
            return Optional.of("It accepts writes: demote it first.");
        }
        settle();
        it.runs = true;
        it.follows = true;
        look();
        return it.streams
                ? Optional.empty()
                : Optional.of("It does not replicate: run resync if the source lacks some of it.");
    }

    /** A rebuild begins by throwing away what is there. */
    void wipe(Database it) {
        settle();
        if (!it.writes()) {
            long alone = it.has().beyond(other(it).now(time.now()));
            world.require(alone == 0 || writer.filter(last -> last == it).isEmpty(), name()
                    + machine(it) + " is rebuilt with " + alone
                    + " transactions that no failover has given up");
            it.complete = false;
            it.follows = false;
            look();
        }
    }

    Optional<String> rebuilt(Database it) {
        Database source = other(it);
        if (it.writes() || !serves(source)
                || !world.network().connected(machine(source), machine(it))) {
            return Optional.of("It could not be copied.");
        }
        settle();
        it.takes(source.now(time.now()));
        it.complete = true;
        world.tally().state("standby rebuilt");
        return follow(it);
    }

    /** Somebody made it accept writes. */
    void write(Database it) {
        settle();
        it.follows = false;
        open(it, it.has());
    }

    // ---- what is seen and known ----

    /** A switchover was decided, or what there was of one is over. */
    void planned(boolean is) {
        planned = is ? Optional.of(time.now()) : Optional.empty();
    }

    /** Looks healthy from the standby, which is not the same as being so. */
    boolean seemsToStream(Database it) {
        return it.streams || (it.follows && serves(it) && time.now() < it.deceivedUntil);
    }

    boolean seemsToLag(Database it) {
        return it.lagMillis(time.now()) > LAG_MS;
    }

    /** Can it be asked at all? */
    boolean answersProbes(Database it) {
        return it.runs && it.complete;
    }

    /** As the probes of its own site have it. */
    Fact.Replication fact(Database it, String site) {
        long lag = seemsToLag(it) ? 2 * LAG_MS : 0;
        return new Fact.Replication(service, site, "db",
                answersProbes(it) && seemsToStream(it), answersProbes(it) ? lag : -1);
    }

    Health health(Database it) {
        return answersProbes(it) ? Health.UP : Health.DOWN;
    }

    /** The standby has the whole history, up to what is on its way. */
    boolean complete(Database it) {
        settle();
        return it.streams && it.now(time.now()).isPrefixOf(other(it).now(time.now()));
    }
}
