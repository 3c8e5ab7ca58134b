package io.siteswap.bgp.rib;

import io.siteswap.bgp.rib.AdjRibIn.Routes;
import io.siteswap.bgp.rib.OriginValidation.Validity;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.MpReach;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.PathBytes;
import io.siteswap.bgp.wire.PathFacts;
import io.siteswap.bgp.wire.PathIds;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.UpdateScan;
import java.util.List;
import java.util.Optional;

/**
 * Takes UPDATEs in: two ways to read one, from its bytes when nothing about it is special or from
 * the decoded message, and the same policy for both. A path is judged once for a message, since all
 * its prefixes share it.
 */
final class Importer {

    private final RouteStore store;
    private final Rib.Local local;
    private final PathTable paths;
    private final UpdateScan scan = new UpdateScan();
    private final PathFacts facts = new PathFacts();
    private final byte[] scratch = new byte[PathBytes.MAX];
    Optional<OriginValidation> origins = Optional.empty();

    Importer(RouteStore store, Rib.Local local) {
        this.store = store;
        this.local = local;
        this.paths = store.paths;
    }

    /** False: nothing was done, somebody has to decode the message. */
    boolean take(AdjRibIn neighbor, byte[] in, int from, int to) {
        if (!scan.cut(in, from, to)) {
            return false;
        }
        int path = known(neighbor, in);
        if (path == 0 && !scan.readAttributes(in, neighbor.source.external())) {
            return false;
        }
        boolean multiprotocol = path == 0 && scan.multiprotocol();
        withdraw(neighbor, Family.IPV4_UNICAST, in, scan.withdrawnFrom(), scan.withdrawnTo());
        if (multiprotocol) {
            withdraw(neighbor, Family.IPV6_UNICAST, in, scan.unreachFrom(), scan.unreachTo());
        }
        if (scan.announcedFrom() < scan.announcedTo()) {
            announce(neighbor, Family.IPV4_UNICAST,
                    path != 0 ? path : internFour(in, multiprotocol), in, scan.announcedFrom(),
                    scan.announcedTo());
        }
        if (scan.reachFrom() < scan.reachTo()) {
            int length = scan.writePath(in, true, scratch);
            announce(neighbor, Family.IPV6_UNICAST, paths.intern(scratch, 0, length), in,
                    scan.reachFrom(), scan.reachTo());
        }
        return true;
    }

    /** The path of bytes that were accepted before, when they mean the same from here; else 0. */
    private int known(AdjRibIn neighbor, byte[] in) {
        if (scan.announcedFrom() == scan.announcedTo()) {
            return 0;
        }
        int path = paths.find(in, scan.attributesFrom(),
                scan.attributesTo() - scan.attributesFrom());
        boolean same = path != 0 && !paths.is(path, PathFacts.MULTIPROTOCOL)
                && !(neighbor.source.external() && inside(path));
        return same ? path : 0;
    }

    /** It has attributes that are not taken from another AS. */
    private boolean inside(int path) {
        return paths.is(path, PathFacts.HAS_LOCAL_PREF | PathFacts.HAS_ORIGINATOR)
                || paths.clusterLength(path) > 0;
    }

    private int internFour(byte[] in, boolean multiprotocol) {
        if (!multiprotocol) {
            return paths.intern(in, scan.attributesFrom(),
                    scan.attributesTo() - scan.attributesFrom());
        }
        int length = scan.writePath(in, false, scratch);
        return paths.intern(scratch, 0, length);
    }

    private void withdraw(AdjRibIn neighbor, Family family, byte[] in, int from, int to) {
        LocTable table = store.table(family);
        Routes routes = neighbor.routes(family);
        for (int at = from; at < to;) {
            int length = in[at] & 0xFF;
            long high = high(in, at + 1, length);
            long low = length > 64 ? low(in, at + 9, length) : 0;
            withdraw(neighbor, table, routes, high, low, length, 0);
            at += 1 + ((length + 7) >> 3);
        }
    }

    private void withdraw(AdjRibIn neighbor, LocTable table, Routes routes, long high, long low,
            int length, int identifier) {
        remove(table, routes, high, low, length, identifier);
        if (table.ours.cover(high, low, length)) {
            store.glass.gone(neighbor, prefix(table, high, low, length), identifier);
        }
    }

    private void remove(LocTable table, Routes routes, long high, long low, int length,
            int identifier) {
        int id = table.index.find(high, low, length);
        if (id >= 0) {
            store.remove(table, routes, id, identifier);
        }
    }

    private static Prefix prefix(LocTable table, long high, long low, int length) {
        return new Prefix(new Address(table.family, high, low), length);
    }

    private void announce(AdjRibIn neighbor, Family family, int interned, byte[] in, int from,
            int to) {
        int path = marked(neighbor, interned);
        paths.retain(path);
        Optional<Rejection> rejection = judge(neighbor, path);
        rejection.ifPresent(neighbor::reject);
        announce(neighbor, family, path, rejection, in, from, to);
        paths.release(path);
    }

    private void announce(AdjRibIn neighbor, Family family, int path,
            Optional<Rejection> rejection, byte[] in, int from, int to) {
        LocTable table = store.table(family);
        Routes routes = neighbor.routes(family);
        for (int at = from; at < to;) {
            int length = in[at] & 0xFF;
            long high = high(in, at + 1, length);
            long low = length > 64 ? low(in, at + 9, length) : 0;
            announce(neighbor, table, routes, path, rejection, high, low, length, 0);
            at += 1 + ((length + 7) >> 3);
        }
    }

    /** One prefix of a path that was judged. */
    private void announce(AdjRibIn neighbor, LocTable table, Routes routes, int path,
            Optional<Rejection> rejection, long high, long low, int length, int identifier) {
        Optional<Rejection> verdict = rejection;
        if (rejection.isPresent()) {
            remove(table, routes, high, low, length, identifier);
        } else {
            verdict = put(neighbor, table, routes, path, high, low, length, identifier);
            verdict.ifPresent(neighbor::reject);
        }
        if (table.ours.cover(high, low, length)) {
            store.glass.saw(neighbor, prefix(table, high, low, length), identifier, path,
                    verdict);
        }
    }

    private Optional<Rejection> put(AdjRibIn neighbor, LocTable table, Routes routes, int path,
            long high, long low, int length, int identifier) {
        if (!neighbor.imports.filter().accepts(table.family, high, low, length)) {
            return Optional.of(Rejection.FILTERED);
        }
        int id = table.index.intern(high, low, length);
        int marks = id < 0 ? 0 : validity(neighbor, table, id, path);
        return id < 0 || !store.put(neighbor, table, routes, id, identifier, path, marks)
                ? Optional.of(Rejection.NO_ROOM)
                : Optional.empty();
    }

    int validity(AdjRibIn neighbor, LocTable table, int id, int path) {
        if (!neighbor.imports.rejectInvalid() || origins.isEmpty()) {
            return 0;
        }
        Validity validity = origins.get().of(table.index.prefix(id), paths.originAs(path));
        return validity == Validity.INVALID ? AdjRibIn.INVALID : 0;
    }

    /** From the decoded message. */
    void take(AdjRibIn neighbor, Update update) {
        List<Prefix> withdrawn = update.allWithdrawn();
        for (int i = 0; i < withdrawn.size(); i++) {
            withdraw(neighbor, withdrawn.get(i), update.pathIds().ofWithdrawn(i));
        }
        Attributes attributes = update.attributes();
        Optional<MpReach> reach = attributes.find(MpReach.class);
        if (!update.announced().isEmpty()) {
            announce(neighbor, attributes.without(MpReach.class), update.announced(),
                    update.pathIds(), 0);
        }
        if (reach.isPresent() && !reach.get().prefixes().isEmpty()) {
            announce(neighbor, attributes.without(NextHop.class), reach.get().prefixes(),
                    update.pathIds(), update.announced().size());
        }
    }

    private void withdraw(AdjRibIn neighbor, Prefix prefix, int identifier) {
        withdraw(neighbor, store.table(prefix.family()), neighbor.routes(prefix.family()),
                prefix.address().high(), prefix.address().low(), prefix.length(), identifier);
    }

    /** @param first which of the identifiers is that of the first prefix */
    private void announce(AdjRibIn neighbor, Attributes attributes, List<Prefix> prefixes,
            PathIds ids, int first) {
        byte[] bytes = PathBytes.of(attributes);
        int path = marked(neighbor, paths.intern(bytes, 0, bytes.length));
        paths.retain(path);
        Optional<Rejection> rejection = judge(neighbor, path);
        rejection.ifPresent(neighbor::reject);
        for (int i = 0; i < prefixes.size(); i++) {
            Prefix prefix = prefixes.get(i);
            announce(neighbor, store.table(prefix.family()), neighbor.routes(prefix.family()),
                    path, rejection, prefix.address().high(), prefix.address().low(),
                    prefix.length(), ids.ofAnnounced(first + i));
        }
        paths.release(path);
    }

    /** RFC 9234 section 5, ingress rule 3: what comes from above or beside is marked. */
    private int marked(AdjRibIn neighbor, int path) {
        if (!neighbor.relation.marksReceived() || paths.is(path, PathFacts.HAS_OTC)) {
            return path;
        }
        byte[] bytes = PathBytes.withOnlyToCustomer(paths.bytes(path), neighbor.source.as());
        paths.releaseUnused(path);
        return paths.intern(bytes, 0, bytes.length);
    }

    private Optional<Rejection> judge(AdjRibIn neighbor, int path) {
        ImportOptions imports = neighbor.imports;
        Source source = neighbor.source;
        if (paths.ownAsCount(path) > imports.allowOwnAs()) {
            return Optional.of(Rejection.OWN_AS);
        }
        if (imports.enforceFirstAs() && source.external() && source.as() != 0
                && paths.firstAs(path) != source.as()) {
            return Optional.of(Rejection.FIRST_AS);
        }
        if (paths.pathLength(path) > imports.maxPathLength()) {
            return Optional.of(Rejection.PATH_TOO_LONG);
        }
        if (paths.is(path, PathFacts.MARTIAN_HOP | PathTable.OWN_HOP)) {
            return Optional.of(Rejection.NEXT_HOP);
        }
        if (paths.is(path, PathFacts.HAS_OTC) && leaked(neighbor, path)) {
            return Optional.of(Rejection.LEAK);
        }
        return reflected(path) ? Optional.of(Rejection.REFLECTED) : Optional.empty();
    }

    private boolean leaked(AdjRibIn neighbor, int path) {
        if (neighbor.relation.neverPassesMarked()) {
            return true;
        }
        byte[] bytes = paths.bytes(path);
        facts.read(bytes, 0, bytes.length, 0);
        return neighbor.relation == Relation.PEER
                && facts.onlyToCustomer != (int) neighbor.source.as();
    }

    private boolean reflected(int path) {
        if (local.routerId() == 0 || (paths.clusterLength(path) == 0
                && !paths.is(path, PathFacts.HAS_ORIGINATOR))) {
            return false;
        }
        byte[] bytes = paths.bytes(path);
        facts.read(bytes, 0, bytes.length, 0);
        boolean ours = (facts.flags & PathFacts.HAS_ORIGINATOR) != 0
                && facts.originatorId == local.routerId();
        return ours || facts.wentThrough(bytes, local.routerId());
    }

    /** The upper 64 bits, left-aligned; bits beyond the length are cleared (RFC 4271 4.3). */
    private static long high(byte[] in, int at, int length) {
        if (length == 24) {
            return ((long) (in[at] & 0xFF) << 56) | ((long) (in[at + 1] & 0xFF) << 48)
                    | ((long) (in[at + 2] & 0xFF) << 40);
        }
        long high = 0;
        int octets = Math.min(8, (length + 7) >> 3);
        for (int i = 0; i < octets; i++) {
            high |= (in[at + i] & 0xFFL) << (56 - 8 * i);
        }
        return length >= 64 ? high : high & ~(-1L >>> length);
    }

    private static long low(byte[] in, int at, int length) {
        long low = 0;
        int octets = ((length + 7) >> 3) - 8;
        for (int i = 0; i < octets; i++) {
            low |= (in[at + i] & 0xFFL) << (56 - 8 * i);
        }
        return length == 128 ? low : low & ~(-1L >>> (length - 64));
    }
}
