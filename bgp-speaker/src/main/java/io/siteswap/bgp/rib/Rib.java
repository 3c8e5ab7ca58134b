package io.siteswap.bgp.rib;

import io.siteswap.bgp.rib.AdjRibIn.Routes;
import io.siteswap.bgp.rib.BestPath.Choice;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Adj-RIB-In of every neighbour and the Loc-RIB over them (RFC 4271 section 3.2).
 *
 * <p>
 * Everything is numbers in columns: a path (all attributes) and a prefix have a number each, a
 * neighbour's table is a column of path numbers by prefix number. Objects are made for whoever
 * looks, not for a route that comes in. See docs/decisions/0012.
 */
public final class Rib {

    final RouteStore store;
    private final Importer importer;
    private final Map<String, AdjRibIn> byName = new HashMap<>();
    private final Map<Prefix, Integer> watched = new HashMap<>();
    private final Follower some = new Follower(false);
    private Optional<Follower> all = Optional.empty();

    /**
     * Who we are.
     *
     * @param routerId our BGP identifier, which is our cluster identifier too; 0: none
     * @param hops our addresses on the sessions: no next hop of a received route
     * @param seed random: keeps senders from choosing bytes that collide in the table of paths
     */
    public record Local(long as, int routerId, Set<Address> hops, long seed) {

        public Local {
            hops = Set.copyOf(hops);
        }
    }

    /**
     * The best route of a prefix is another one now.
     *
     * @param choice empty: no route is left
     */
    public record Change(Prefix prefix, Optional<Choice> choice) {
    }

    /** @param exceeded more than the limit; false: more than the warning */
    public record Notice(String peer, Family family, int size, MaxPrefix limit,
            boolean exceeded) {
    }

    /** @param next where to go on; empty: that was all */
    public record Page(List<Choice> choices, Optional<Integer> next) {
    }

    /** @param next where to go on; empty: that was all */
    public record Heard(List<Route> routes, Optional<Integer> next) {
    }

    public Rib(Local local) {
        this.store = new RouteStore(new PathTable(local.as, local.hops, local.seed));
        this.importer = new Importer(store, local);
        for (Family family : Family.values()) {
            store.table(family).follow(some);
        }
    }

    public Rib(long ownAs) {
        this(new Local(ownAs, 0, Set.of(), 0));
    }

    /** A neighbour is there; routes retained from before stay until they are swept. */
    public void join(Source source, ImportOptions imports, Relation relation) {
        AdjRibIn known = byName.computeIfAbsent(source.peer(), _ -> {
            AdjRibIn fresh = new AdjRibIn(store.neighbors.size(), source, imports, relation);
            store.neighbors.add(fresh);
            return fresh;
        });
        known.imports = imports;
        known.relation = relation;
        if (!known.source.equals(source)) {
            known.source = source;
            // A retained route is judged by its neighbour's new identifier.
            Restart.walk(store, known, (table, routes, id, k) -> store.choose(table, id));
        }
    }

    /** Routes whose origin is proven wrong are not chosen, at neighbours that ask for it. */
    public void origins(OriginValidation validation) {
        importer.origins = Optional.of(validation);
    }

    /**
     * Looks at the origins of a slice of the table again, after {@link #origins} or a change of
     * what is behind it.
     *
     * @param cursor 0 at first
     * @param most so many prefixes
     * @return where to go on; empty: that was all
     */
    public Optional<Integer> revalidate(Family family, int cursor, int most) {
        LocTable table = store.table(family);
        int end = (int) Math.min(table.index.bound(), (long) cursor + most);
        for (int id = cursor; id < end; id++) {
            for (int n = 0; table.candidates(id) > 0 && n < store.neighbors.size(); n++) {
                revalidate(table, store.neighbors.get(n), id);
            }
        }
        return end < table.index.bound() ? Optional.of(end) : Optional.empty();
    }

    private void revalidate(LocTable table, AdjRibIn neighbor, int id) {
        Routes routes = neighbor.routes(table.family);
        for (int k = 0; k < routes.columns.size(); k++) {
            int entry = routes.columns.get(k).get(id);
            int marks = entry == 0
                    ? 0
                    : importer.validity(neighbor, table, id, entry & AdjRibIn.PATH);
            if (entry != 0 && marks != (entry & AdjRibIn.INVALID)) {
                store.replaceAt(table, routes, id, k, (entry & ~AdjRibIn.INVALID) | marks);
            }
        }
    }

    /**
     * Takes in the body of an UPDATE of a session with 4-octet AS numbers and without path
     * identifiers. False: nothing was done; decode it and use the other method.
     */
    public boolean apply(String peer, byte[] in, int from, int to) {
        AdjRibIn neighbor = byName.get(peer);
        return neighbor != null && importer.take(neighbor, in, from, to);
    }

    /** Takes in an UPDATE. */
    public void apply(String peer, Update update) {
        AdjRibIn neighbor = byName.get(peer);
        if (neighbor != null) {
            importer.take(neighbor, update);
        }
    }

    /** Forgets all routes of a neighbour. */
    public void drop(String peer) {
        restart(peer).ifPresent(Restart::flush);
    }

    /** What may happen to the routes of a neighbour that is away or sends its table again. */
    public Optional<Restart> restart(String peer) {
        return Optional.ofNullable(byName.get(peer))
                .map(neighbor -> new Restart(store, neighbor));
    }

    /** Limits that a neighbour has crossed since the last call. */
    public List<Notice> notices(String peer) {
        AdjRibIn neighbor = byName.get(peer);
        if (neighbor == null || neighbor.imports.maxPrefix().isEmpty()) {
            return List.of();
        }
        List<Notice> notices = new ArrayList<>();
        for (Family family : Family.values()) {
            notice(neighbor, family, neighbor.imports.maxPrefix().get()).ifPresent(notices::add);
        }
        return notices;
    }

    private static Optional<Notice> notice(AdjRibIn neighbor, Family family, MaxPrefix limit) {
        Routes routes = neighbor.routes(family);
        boolean warn = routes.size > limit.warnAbove();
        boolean exceeded = routes.size > limit.limit();
        boolean fresh = (warn && !routes.warned) || (exceeded && !routes.exceeded);
        routes.warned = warn;
        routes.exceeded = exceeded;
        return fresh
                ? Optional.of(new Notice(neighbor.source.peer(), family, routes.size, limit,
                        exceeded))
                : Optional.empty();
    }

    /** Told to a neighbour on these terms, from now on; {@link #end} it. */
    public AdjRibOut tell(ExportTerms terms) {
        return new AdjRibOut(store, terms);
    }

    public void end(AdjRibOut told) {
        told.close();
    }

    /** We announce this prefix ourselves: received routes to it are not passed on. */
    public void own(Prefix prefix) {
        LocTable table = store.table(prefix.family());
        int id = table.index.intern(prefix);
        if (id >= 0 && !table.owned.get(id)) {
            table.owned.set(id);
            table.pin(id);
        }
    }

    /**
     * These are ours: what neighbours say of them, and of prefixes inside them, is remembered from
     * now on and told by {@link #seen}.
     */
    public void ours(Set<Prefix> prefixes) {
        OwnBlocks four = new OwnBlocks(Family.IPV4_UNICAST, prefixes);
        OwnBlocks six = new OwnBlocks(Family.IPV6_UNICAST, prefixes);
        store.table(Family.IPV4_UNICAST).ours = four;
        store.table(Family.IPV6_UNICAST).ours = six;
        store.neighbors.forEach(neighbor -> store.glass.only(neighbor, four, six));
    }

    /** At most so many changes of what neighbours say of our own prefixes, since the last calls. */
    public List<Seen> seen(int most) {
        return store.glass.take(most);
    }

    /** How often a route to an own prefix had no room to be remembered. */
    public long overlooked() {
        return store.neighbors.stream().mapToLong(LookingGlass::overlooked).sum();
    }

    /** Changes of this prefix are told from now on. */
    public void watch(Prefix prefix) {
        LocTable table = store.table(prefix.family());
        int id = watched.containsKey(prefix) ? PrefixIndex.NONE : table.index.intern(prefix);
        if (id >= 0) {
            watched.put(prefix, id);
            some.marks(prefix.family()).wanted.set(id);
            table.pin(id);
        }
    }

    /** Changes of all prefixes are told from now on, or of the watched ones only. */
    public void watchEverything(boolean on) {
        if (on && all.isEmpty()) {
            Follower follower = new Follower(true);
            all = Optional.of(follower);
            for (Family family : Family.values()) {
                store.table(family).follow(follower);
            }
        } else if (!on) {
            all.ifPresent(follower -> {
                for (Family family : Family.values()) {
                    store.table(family).unfollow(follower);
                }
            });
            all = Optional.empty();
        }
    }

    /** At most so many changes since the last calls, each prefix once with its present choice. */
    public List<Change> changes(int most) {
        List<Change> changes = new ArrayList<>();
        for (Family family : Family.values()) {
            all.ifPresent(follower -> changes(family, follower, most, changes));
            changes(family, some, most, changes);
        }
        return changes;
    }

    private void changes(Family family, Follower follower, int most, List<Change> changes) {
        LocTable table = store.table(family);
        while (changes.size() < most) {
            int id = table.take(follower);
            if (id < 0) {
                return;
            }
            if (follower != some || all.isEmpty()) {
                changes.add(new Change(table.index.prefix(id), store.explain(table, id)));
            }
            table.unpin(id);
        }
    }

    /** There are changes that nobody has asked for yet. */
    public boolean changed() {
        return store.glass.changed() || some.pending() > 0
                || all.filter(follower -> follower.pending() > 0).isPresent();
    }

    public Optional<Choice> best(Prefix prefix) {
        LocTable table = store.table(prefix.family());
        int id = table.index.find(prefix);
        return id < 0 ? Optional.empty() : store.explain(table, id);
    }

    /**
     * A slice of the Loc-RIB, in no order that means anything. Walk with the cursor of the page
     * before; what changes in between may be missed or seen twice.
     *
     * @param cursor 0 at first
     * @param most so many prefixes are looked at, whether they fit or not
     */
    public Page page(Family family, int cursor, int most, Predicate<Prefix> filter) {
        LocTable table = store.table(family);
        List<Choice> choices = new ArrayList<>();
        int end = (int) Math.min(table.index.bound(), (long) cursor + most);
        for (int id = Math.max(0, cursor); id < end; id++) {
            if (table.best.get(id) != 0 && filter.test(table.index.prefix(id))) {
                store.explain(table, id).ifPresent(choices::add);
            }
        }
        return new Page(choices,
                end < table.index.bound() ? Optional.of(end) : Optional.empty());
    }

    /**
     * A slice of what one neighbour announces and we keep, used or not. Walk as with {@link #page}.
     *
     * @param most so many prefixes are looked at
     */
    public Heard heard(String peer, Family family, int cursor, int most) {
        List<Route> found = new ArrayList<>();
        AdjRibIn neighbor = byName.get(peer);
        LocTable table = store.table(family);
        int end = (int) Math.min(table.index.bound(), (long) cursor + most);
        if (neighbor == null) {
            return new Heard(found, Optional.empty());
        }
        Map<Integer, Attributes> decoded = new HashMap<>();
        for (int id = Math.max(0, cursor); id < end; id++) {
            for (Column column : neighbor.routes(family).columns) {
                int path = column.get(id) & AdjRibIn.PATH;
                if (path != 0) {
                    found.add(new Route(table.index.prefix(id), neighbor.source,
                            decoded.computeIfAbsent(path, store.paths::attributes)));
                }
            }
        }
        return new Heard(found,
                end < table.index.bound() ? Optional.of(end) : Optional.empty());
    }

    /** All neighbours that were ever up. */
    public List<Source> sources() {
        return store.neighbors.stream().map(neighbor -> neighbor.source).toList();
    }

    /** Prefixes with a route. */
    public int size(Family family) {
        return store.table(family).reachable();
    }

    /** Number of routes that a neighbour announces. */
    public int size(String peer) {
        return Optional.ofNullable(byName.get(peer)).map(AdjRibIn::size).orElse(0);
    }

    /** How many UPDATEs or routes of a neighbour were not taken for this reason. */
    public long rejected(String peer, Rejection reason) {
        return Optional.ofNullable(byName.get(peer)).map(n -> n.rejected(reason)).orElse(0L);
    }

    /** Number of different sets of attributes. */
    public int paths() {
        return store.paths.size();
    }

    /** Number of prefixes that anybody has an interest in. */
    int prefixes() {
        return store.table(Family.IPV4_UNICAST).index.size()
                + store.table(Family.IPV6_UNICAST).index.size();
    }

    /** Octets that the attributes take, and numbers given to prefixes; for tests of churn. */
    long room() {
        return store.paths.arenaSize() + store.table(Family.IPV4_UNICAST).index.bound()
                + store.table(Family.IPV6_UNICAST).index.bound();
    }
}
