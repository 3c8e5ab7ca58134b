package io.siteswap.bgp.speaker;

import io.siteswap.bgp.rib.ImportOptions;
import io.siteswap.bgp.rib.Relation;
import io.siteswap.bgp.rib.Rib;
import io.siteswap.bgp.rib.Rib.Change;
import io.siteswap.bgp.rib.Source;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Own prefixes, stances, neighbours and routes: every input returns what to send and to report.
 * One thread only.
 *
 * <p>
 * Received routes are used, not passed on: a site announces its own prefixes and is no transit.
 */
public final class Speaker {

    /** So many IPv6 prefixes fit in an UPDATE beside the longest attributes of a rung. */
    static final int PREFIXES_PER_UPDATE = 128;

    private final long ownAs;
    private final Ladder ladder;
    private final Map<Prefix, Stance> stances;
    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private final Rib rib;

    /**
     * @param stances how each own prefix is announced from the start
     * @throws IllegalArgumentException if a stance names no rung of the ladder
     */
    public Speaker(long ownAs, Ladder ladder, Map<Prefix, Stance> stances) {
        this.ownAs = ownAs;
        this.ladder = ladder;
        this.stances = new LinkedHashMap<>(stances);
        this.rib = new Rib(ownAs);
        rib.watchEverything(true);
        stances.values().forEach(stance -> rung(stance.rung()));
    }

    /** A session came up: the table, then End-of-RIB for every family. */
    public List<Output> up(Peer peer) {
        peers.put(peer.name(), peer);
        List<Output> outputs = new ArrayList<>();
        peer.families().forEach(family -> outputs.addAll(table(peer, family)));
        return outputs;
    }

    /** The neighbour asked for a family again (RFC 2918). */
    public List<Output> refresh(String name, Family family) {
        Peer peer = peers.get(name);
        return peer == null || !peer.families().contains(family)
                ? List.of()
                : table(peer, family);
    }

    public List<Output> down(String peer) {
        peers.remove(peer);
        rib.drop(peer);
        return changes(rib.changes(Integer.MAX_VALUE));
    }

    public List<Output> received(Source source, Update update) {
        rib.join(source, ImportOptions.EVERYTHING, Relation.UNKNOWN);
        rib.apply(source.peer(), update);
        return changes(rib.changes(Integer.MAX_VALUE));
    }

    /** Puts own prefixes on other rungs; the ones that stay where they are are not sent again. */
    public List<Output> stances(Map<Prefix, Stance> wanted) {
        Map<Prefix, Stance> changed = new LinkedHashMap<>();
        wanted.forEach((prefix, stance) -> {
            Stance before = stances.put(prefix, stance);
            if (before == null || !before.rung().equals(stance.rung())) {
                changed.put(prefix, stance);
            }
        });
        List<Output> outputs = new ArrayList<>();
        for (Peer peer : peers.values()) {
            peer.families().forEach(family -> outputs.addAll(updates(peer, family, changed)));
        }
        return outputs;
    }

    public Map<Prefix, Stance> stances() {
        return stances;
    }

    public Rib rib() {
        return rib;
    }

    /** Number of own prefixes that are announced to a neighbour. */
    public long announced(String name) {
        return Optional.ofNullable(peers.get(name))
                .map(peer -> stances.entrySet().stream()
                        .filter(e -> !rung(e.getValue().rung()).withdrawn())
                        .filter(e -> nextHop(peer, e.getKey().family()).isPresent()).count())
                .orElse(0L);
    }

    private List<Output> table(Peer peer, Family family) {
        Map<Prefix, Stance> visible = new LinkedHashMap<>();
        Map<Prefix, Stance> absent = new LinkedHashMap<>();
        stances.forEach((prefix, stance) -> {
            if (!rung(stance.rung()).withdrawn()) {
                visible.put(prefix, stance);
            } else if (prefix.family() == family) {
                absent.put(prefix, stance);
            }
        });
        List<Output> outputs = new ArrayList<>(updates(peer, family, visible));
        // What is not in the table has been told to be absent when the table ends.
        outputs.add(new Output.Send(peer.name(), Update.endOfRib(family), absent));
        return outputs;
    }

    private List<Output> updates(Peer peer, Family family, Map<Prefix, Stance> changed) {
        Map<Rung, Map<Prefix, Stance>> byRung = new LinkedHashMap<>();
        changed.forEach((prefix, stance) -> {
            if (prefix.family() == family) {
                byRung.computeIfAbsent(rung(stance.rung()), _ -> new LinkedHashMap<>())
                        .put(prefix, stance);
            }
        });
        List<Output> outputs = new ArrayList<>();
        byRung.forEach((rung, all) -> {
            List<Prefix> prefixes = List.copyOf(all.keySet());
            for (int from = 0; from < prefixes.size(); from += PREFIXES_PER_UPDATE) {
                int to = Math.min(prefixes.size(), from + PREFIXES_PER_UPDATE);
                Map<Prefix, Stance> part = new LinkedHashMap<>(all);
                part.keySet().retainAll(prefixes.subList(from, to));
                outputs.addAll(update(peer, family, rung, part));
            }
        });
        return outputs;
    }

    private List<Output> update(Peer peer, Family family, Rung rung,
            Map<Prefix, Stance> carried) {
        List<Prefix> prefixes = List.copyOf(carried.keySet());
        if (rung.withdrawn()) {
            return List.of(new Output.Send(peer.name(), Announcement.withdraw(family, prefixes),
                    carried));
        }
        Optional<Address> nextHop = nextHop(peer, family);
        if (nextHop.isEmpty()) {
            return prefixes.stream().<Output>map(prefix -> new Output.Unannounced(peer.name(),
                    prefix, "There is no next hop of its family: set next-hop for neighbour '"
                            + peer.name() + "'."))
                    .toList();
        }
        return List.of(new Output.Send(peer.name(),
                Announcement.announce(ownAs, peer, rung, nextHop.get(), prefixes), carried));
    }

    private static Optional<Address> nextHop(Peer peer, Family family) {
        return peer.nextHops().stream().filter(a -> a.family() == family).findFirst();
    }

    private Rung rung(String name) {
        return ladder.find(name).orElseThrow(() -> new IllegalArgumentException(
                "There is no rung '" + name + "': the ladder has "
                        + String.join(", ", ladder.rungs().keySet()) + "."));
    }

    private static List<Output> changes(List<Change> changes) {
        return changes.stream().<Output>map(c -> new Output.Best(c.prefix(), c.choice()))
                .toList();
    }
}
