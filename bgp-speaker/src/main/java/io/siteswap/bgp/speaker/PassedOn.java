package io.siteswap.bgp.speaker;

import io.siteswap.bgp.rib.AdjRibOut;
import io.siteswap.bgp.rib.ExportTerms;
import io.siteswap.bgp.rib.Rib;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.UpdatePacker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Received routes on their way to the neighbours that get them all. */
final class PassedOn {

    private final Rib rib;
    private final long ownAs;
    private final Map<String, Receiver> receivers = new LinkedHashMap<>();

    /** One such neighbour. */
    private static final class Receiver {
        private final Peer peer;
        private final AdjRibOut table;
        private final UpdatePacker packer;
        /** What follows when everything of a family is told. */
        private final Map<Family, Output.Send> ends = new LinkedHashMap<>();
        private boolean writable = true;

        private Receiver(Peer peer, AdjRibOut table) {
            this.peer = peer;
            this.table = table;
            this.packer = new UpdatePacker(peer.context());
        }

        private boolean pending() {
            return writable && peer.families().stream()
                    .anyMatch(f -> table.pending(f) || ends.containsKey(f));
        }
    }

    PassedOn(Rib rib, long ownAs) {
        this.rib = rib;
        this.ownAs = ownAs;
    }

    void open(Peer peer) {
        close(peer.name());
        AdjRibOut table = rib.tell(new ExportTerms(peer.source(), peer.relation(), ownAs,
                peer.nextHops(), peer.context()));
        peer.families().forEach(table::again);
        receivers.put(peer.name(), new Receiver(peer, table));
    }

    void close(String name) {
        Receiver receiver = receivers.remove(name);
        if (receiver != null) {
            rib.end(receiver.table);
        }
    }

    /** When the table is out. */
    void endOfRib(Peer peer, Family family, Map<Prefix, Stance> absent) {
        Receiver receiver = receivers.get(peer.name());
        if (receiver != null) {
            receiver.ends.put(family, Ends.endOfRib(peer, family, absent));
        }
    }

    void again(Peer peer, Family family, Map<Prefix, Stance> absent) {
        Receiver receiver = receivers.get(peer.name());
        if (receiver != null) {
            receiver.table.again(family);
            receiver.ends.put(family, peer.enhancedRefresh()
                    ? Ends.refreshEnd(peer, family)
                    : Ends.endOfRib(peer, family, absent));
        }
    }

    void writable(String name, boolean writable) {
        Receiver receiver = receivers.get(name);
        if (receiver != null) {
            receiver.writable = writable;
        }
    }

    boolean pending() {
        for (Receiver receiver : receivers.values()) {
            if (receiver.pending()) {
                return true;
            }
        }
        return false;
    }

    long size(String name) {
        Receiver receiver = receivers.get(name);
        return receiver == null
                ? 0
                : receiver.peer.families().stream().mapToLong(receiver.table::size).sum();
    }

    /** What a neighbour was told, from a slice of the table; see {@link AdjRibOut#told}. */
    Optional<Integer> told(String name, Family family, int cursor, int most, UpdatePacker out) {
        return Optional.ofNullable(receivers.get(name))
                .flatMap(receiver -> receiver.table.told(family, cursor, most, out));
    }

    List<Output> pack(int octets) {
        List<Output> outputs = new ArrayList<>();
        for (Receiver receiver : receivers.values()) {
            for (Family family : receiver.peer.families()) {
                if (receiver.writable) {
                    pack(receiver, family, octets, outputs);
                }
            }
        }
        return outputs;
    }

    private static void pack(Receiver receiver, Family family, int octets,
            List<Output> outputs) {
        if (receiver.table.pending(family)) {
            int before = receiver.packer.messages();
            receiver.table.pack(family, receiver.packer, octets);
            byte[] bytes = receiver.packer.finish();
            if (bytes.length > 0) {
                outputs.add(new Output.Send(List.of(receiver.peer.name()), bytes,
                        receiver.packer.messages() - before, Map.of()));
            }
        }
        Output.Send end = receiver.ends.get(family);
        if (end != null && !receiver.table.pending(family)) {
            receiver.ends.remove(family);
            outputs.add(end);
        }
    }
}
