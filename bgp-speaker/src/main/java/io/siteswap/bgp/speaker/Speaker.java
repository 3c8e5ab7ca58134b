package io.siteswap.bgp.speaker;

import io.siteswap.bgp.rib.ImportOptions;
import io.siteswap.bgp.rib.Restart;
import io.siteswap.bgp.rib.Rib;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Community;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.MessageDecoder;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.UpdatePacker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Own prefixes, stances, neighbours and routes: every input changes what is here and may return what
 * to send at once; {@link #batch} returns what else there is to send and to report, in portions.
 * One thread only.
 *
 * <p>
 * Received routes are used, and passed on only to neighbours with {@link ExportScope#ALL}.
 */
public final class Speaker {

    private final long ownAs;
    private OwnRoutes own;
    private final Map<Prefix, Stance> stances;
    private final Map<String, Peer> peers = new LinkedHashMap<>();
    /** The peers' names by what they are told; empty: to be made again. */
    private Map<Group, List<String>> groups = Map.of();
    private final Rib rib;
    private final PassedOn passedOn;

    /**
     * @param stances how each own prefix is announced from the start
     * @throws IllegalArgumentException if a stance names no rung of the ladder
     */
    public Speaker(Rib.Local local, Ladder ladder, Map<Prefix, Stance> stances) {
        this.ownAs = local.as();
        this.own = new OwnRoutes(local.as(), ladder);
        this.stances = new LinkedHashMap<>(stances);
        this.rib = new Rib(local);
        this.passedOn = new PassedOn(rib, local.as());
        ladder.rungs().values().forEach(rung -> stances.keySet().forEach(
                prefix -> own.announced(prefix, rung).forEach(rib::own)));
        stances.values().forEach(own::rung);
        rib.ours(stances.keySet());
    }

    public Speaker(long ownAs, Ladder ladder, Map<Prefix, Stance> stances) {
        this(new Rib.Local(ownAs, 0, Set.of(), 0), ladder, stances);
    }

    /** A session came up: the table, then End-of-RIB for every family. */
    public List<Output> up(Peer peer) {
        put(peer);
        rib.join(peer.source(), peer.imports(), peer.relation());
        boolean all = peer.exports() == ExportScope.ALL;
        if (all) {
            passedOn.open(peer);
        }
        List<Output> outputs = new ArrayList<>();
        for (Family family : peer.families()) {
            outputs.addAll(table(peer, family));
            Map<Prefix, Stance> absent = absent(family);
            if (all) {
                passedOn.endOfRib(peer, family, absent);
            } else {
                outputs.add(Ends.endOfRib(peer, family, absent));
            }
        }
        return outputs;
    }

    /** The neighbour asked for a family again (RFC 2918, RFC 7313). */
    public List<Output> refresh(String name, Family family) {
        Peer peer = peers.get(name);
        if (peer == null || !peer.families().contains(family)) {
            return List.of();
        }
        List<Output> outputs = new ArrayList<>();
        if (peer.enhancedRefresh()) {
            outputs.add(Ends.refreshBegin(peer, family));
        }
        outputs.addAll(table(peer, family));
        if (peer.exports() == ExportScope.ALL) {
            passedOn.again(peer, family, absent(family));
        } else {
            outputs.add(peer.enhancedRefresh()
                    ? Ends.refreshEnd(peer, family)
                    : Ends.endOfRib(peer, family, absent(family)));
        }
        return outputs;
    }

    /** The neighbour is gone with all its routes. */
    public void down(String peer) {
        down(peer, Set.of());
    }

    /** The session ended; routes of these families are kept as stale ones (RFC 4724). */
    public void down(String peer, Set<Family> retained) {
        peers.remove(peer);
        groups = Map.of();
        passedOn.close(peer);
        for (Family family : Family.values()) {
            restart(peer, restart -> {
                if (retained.contains(family)) {
                    restart.retain(family);
                } else {
                    restart.flush(family);
                }
            });
        }
    }

    /** Stale routes of a family are gone. */
    public void flush(String peer, Family family) {
        restart(peer, restart -> restart.endOfRib(family));
    }

    /** Stale routes of a family are the last resort from here on (RFC 9494). */
    public void longLived(String peer, Family family) {
        restart(peer, restart -> restart.longLived(family));
    }

    /** The neighbour sends a family again (RFC 7313), until {@link #refreshEnd}. */
    public void refreshBegin(String peer, Family family) {
        restart(peer, restart -> restart.refreshBegin(family));
    }

    public void refreshEnd(String peer, Family family) {
        restart(peer, restart -> restart.refreshEnd(family));
    }

    private void restart(String peer, Consumer<Restart> then) {
        rib.restart(peer).ifPresent(then);
    }

    /**
     * The body of an UPDATE. False: nothing was done, it has to be decoded. Only for sessions with
     * 4-octet AS numbers and without path identifiers.
     */
    public boolean received(String peer, byte[] in, int from, int to) {
        Peer known = peers.get(peer);
        return known != null && known.context().fourOctetAs()
                && known.context().addPathReceive().isEmpty() && rib.apply(peer, in, from, to);
    }

    public void received(String peer, Update update) {
        rib.apply(peer, update);
        update.endsRib().ifPresent(family -> restart(peer, r -> r.endOfRib(family)));
    }

    /** Limits that a neighbour has crossed since the last call; ask after its UPDATEs. */
    public List<Output> notices(String peer) {
        return rib.notices(peer).stream().<Output>map(Output.TooMany::new).toList();
    }

    /**
     * The next portion of what there is to report and to pass on.
     *
     * @param changes at most so many changes of best routes
     * @param octets about so many for each neighbour that takes more
     */
    public List<Output> batch(int changes, int octets) {
        List<Output> outputs = new ArrayList<>();
        rib.changes(changes).forEach(c -> outputs.add(new Output.Best(c.prefix(), c.choice())));
        rib.seen(changes).forEach(seen -> outputs.add(new Output.Seen(seen)));
        outputs.addAll(passedOn.pack(octets));
        return outputs;
    }

    /** {@link #batch} has more to return. */
    public boolean pending() {
        return rib.changed() || passedOn.pending();
    }

    /** Some of it is on its way to a neighbour that takes more. */
    public boolean passing() {
        return passedOn.pending();
    }

    /** Whether a neighbour takes more, or what it was sent still waits. */
    public void writable(String peer, boolean writable) {
        passedOn.writable(peer, writable);
    }

    /**
     * From here on the rungs mean this; who is announced otherwise than before is told again.
     *
     * @throws IllegalArgumentException if a stance in force names no rung of it
     */
    public List<Output> ladder(Ladder next) {
        OwnRoutes before = own;
        OwnRoutes after = new OwnRoutes(ownAs, next);
        Map<Prefix, Stance> changed = new LinkedHashMap<>();
        List<Prefix> gone = new ArrayList<>();
        stances.forEach((prefix, stance) -> {
            if (!before.rung(stance).equals(after.rung(stance))) {
                changed.put(prefix, stance);
                Set<Prefix> then = before.announced(prefix, before.rung(stance));
                then.removeAll(after.announced(prefix, after.rung(stance)));
                then.remove(prefix);
                gone.addAll(then);
            }
            next.rungs().values().forEach(
                    rung -> after.announced(prefix, rung).forEach(rib::own));
        });
        own = after;
        return toEverybody(changed, gone);
    }

    /** Other import options for a neighbour; routes that are there stay until they come again. */
    public void imports(String name, ImportOptions imports) {
        Optional.ofNullable(peers.get(name)).ifPresent(peer -> {
            put(peer.with(imports));
            rib.join(peer.source(), imports, peer.relation());
        });
    }

    /** Other meanings for a neighbour, from the next announcement on. */
    public void meanings(String name, Map<String, Community> meanings) {
        Optional.ofNullable(peers.get(name))
                .ifPresent(peer -> put(peer.with(meanings)));
    }

    /** These are no longer ours. */
    public List<Output> forget(Set<Prefix> prefixes) {
        List<Prefix> gone = new ArrayList<>();
        for (Prefix prefix : prefixes) {
            Optional.ofNullable(stances.remove(prefix)).ifPresent(
                    stance -> gone.addAll(own.announced(prefix, own.rung(stance))));
        }
        rib.ours(stances.keySet());
        return toEverybody(Map.of(), gone);
    }

    private List<Output> toEverybody(Map<Prefix, Stance> changed, List<Prefix> gone) {
        List<Output> outputs = new ArrayList<>();
        groups().forEach((group, members) -> group.families().forEach(family -> outputs.addAll(
                own.messages(group, members, family, changed,
                        gone.stream().filter(p -> p.family() == family).toList()))));
        return outputs;
    }

    /** Puts own prefixes on other rungs; the ones that stay where they are are not sent again. */
    public List<Output> stances(Map<Prefix, Stance> wanted) {
        Map<Prefix, Stance> changed = new LinkedHashMap<>();
        List<Prefix> gone = new ArrayList<>();
        boolean fresh = !stances.keySet().containsAll(wanted.keySet());
        wanted.forEach((prefix, stance) -> {
            Optional<Stance> before = Optional.ofNullable(stances.put(prefix, stance));
            if (before.filter(b -> b.rung().equals(stance.rung())).isEmpty()) {
                changed.put(prefix, stance);
                own.announced(prefix, own.rung(stance)).forEach(rib::own);
                before.ifPresent(b -> gone.addAll(onlyThen(prefix, b, stance)));
            }
        });
        if (fresh) {
            rib.ours(stances.keySet());
        }
        return toEverybody(changed, gone);
    }

    /** More-specifics of the former rung that the next one has not. */
    private List<Prefix> onlyThen(Prefix prefix, Stance before, Stance after) {
        Set<Prefix> then = own.announced(prefix, own.rung(before));
        then.removeAll(own.announced(prefix, own.rung(after)));
        then.remove(prefix);
        return List.copyOf(then);
    }

    /** Why these stances cannot be told to a neighbour that is up: ask before they are saved. */
    public Optional<String> refusal(Map<Prefix, Stance> wanted) {
        for (Map.Entry<Group, List<String>> group : groups().entrySet()) {
            for (Map.Entry<Prefix, Stance> entry : wanted.entrySet()) {
                Optional<String> refusal = own.refusal(group.getKey(),
                        group.getValue().getFirst(), entry.getKey(), entry.getValue());
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
        }
        return Optional.empty();
    }

    private void put(Peer peer) {
        peers.put(peer.name(), peer);
        groups = Map.of();
    }

    /** Asked twice for each change, and hundreds of neighbours are seldom more than one group. */
    private Map<Group, List<String>> groups() {
        if (groups.isEmpty()) {
            groups = new LinkedHashMap<>();
            peers.values().forEach(peer -> groups
                    .computeIfAbsent(Group.of(peer), _ -> new ArrayList<>()).add(peer.name()));
        }
        return groups;
    }

    public Map<Prefix, Stance> stances() {
        return stances;
    }

    public Rib rib() {
        return rib;
    }

    /** Number of own prefixes and received routes that are announced to a neighbour. */
    public long announced(String name) {
        Peer peer = peers.get(name);
        if (peer == null) {
            return 0;
        }
        long ours = stances.entrySet().stream()
                .filter(e -> peer.families().contains(e.getKey().family()))
                .filter(e -> !own.rung(e.getValue()).withdrawn())
                .filter(e -> Group.of(peer).nextHop(e.getKey().family(), own.rung(e.getValue()))
                        .isPresent())
                .count();
        return ours + passedOn.size(name);
    }

    /** Our own prefixes as a neighbour that is up is told them, read back from the bytes. */
    public List<Update> advertised(String name) {
        Peer peer = peers.get(name);
        List<Update> updates = new ArrayList<>();
        if (peer == null) {
            return updates;
        }
        for (Family family : peer.families()) {
            for (Output output : table(peer, family)) {
                if (output instanceof Output.Send send) {
                    // As it reads them: with the path identifiers that we send, not those we take.
                    read(send.messages(), peer.context()
                            .withAddPath(peer.context().addPathSend(), Set.of()), updates);
                }
            }
        }
        return updates;
    }

    /**
     * Received routes as a neighbour was told them, from a slice of the table.
     *
     * @param cursor 0 at first
     * @param most so many prefixes are looked at
     * @return where to go on; empty: that was all
     */
    public Optional<Integer> passedOn(String name, Family family, int cursor, int most,
            UpdatePacker out) {
        return passedOn.told(name, family, cursor, most, out);
    }

    private static void read(ByteBuffer messages, Context context, List<Update> updates) {
        ByteBuffer in = messages.duplicate();
        while (Frame.next(in, context) instanceof Frame.Complete frame) {
            if (MessageDecoder.decode(frame, context) instanceof Decoded.Ok(Message message, var _)
                    && message instanceof Update update) {
                updates.add(update);
            }
        }
    }

    private List<Output> table(Peer peer, Family family) {
        Map<Prefix, Stance> visible = new LinkedHashMap<>(stances);
        visible.values().removeIf(stance -> own.rung(stance).withdrawn());
        return own.messages(Group.of(peer), List.of(peer.name()), family, visible, List.of());
    }

    /** What is not in the table has been told to be absent when the table ends. */
    private Map<Prefix, Stance> absent(Family family) {
        Map<Prefix, Stance> absent = new LinkedHashMap<>(stances);
        absent.keySet().removeIf(prefix -> prefix.family() != family);
        absent.values().removeIf(stance -> !own.rung(stance).withdrawn());
        return absent;
    }
}
