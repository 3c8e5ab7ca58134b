package io.siteswap.bgp.decode;

import io.siteswap.bgp.mrt.MrtItem;
import io.siteswap.bgp.mrt.MrtPeer;
import io.siteswap.bgp.mrt.MrtReader;
import io.siteswap.bgp.mrt.MrtSession;
import io.siteswap.bgp.mrt.RecordInput;
import io.siteswap.bgp.wire.Octets;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An MRT file, item by item. */
final class MrtLines {

    private static final List<String> STATES = List.of("Idle", "Connect", "Active", "OpenSent",
            "OpenConfirm", "Established");

    private final Lines lines;

    MrtLines(Lines lines) {
        this.lines = lines;
    }

    void read(RecordInput in) throws IOException {
        MrtReader reader = new MrtReader(in);
        for (Optional<MrtItem> item = reader.next(); item.isPresent(); item = reader.next()) {
            lines.print(line(item.get()));
        }
    }

    private static Map<String, Object> line(MrtItem item) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("record", item.at().record());
        line.put("offset", item.at().offset());
        line.put("time", item.at().time().toString());
        switch (item) {
            case MrtItem.Message message -> {
                session(message.session(), line);
                line.put("direction", message.sent() ? "out" : "in");
                MessageLine.write(message.message(), message.context(),
                        MessageLine.Width.RECORD, line);
            }
            case MrtItem.Route route -> route(route, line);
            case MrtItem.StateChange change -> {
                session(change.session(), line);
                line.put("type", "STATE");
                line.put("from", state(change.from()));
                line.put("to", state(change.to()));
            }
            case MrtItem.PeerIndex index -> {
                line.put("type", "PEERS");
                line.put("collector", index.collector().toString());
                line.put("view", index.view());
                line.put("peers", index.peers().stream().map(MrtLines::peer).toList());
            }
            case MrtItem.Foreign foreign -> {
                line.put("type", "FOREIGN");
                line.put("mrtType", foreign.type());
                line.put("mrtSubtype", foreign.subtype());
                line.put("octets", foreign.length());
            }
            case MrtItem.Bad(MrtItem.Place _, Octets octets, String reason) -> {
                line.put("type", "BAD_RECORD");
                line.put("errors", List.of(Fault.skipped(reason, octets)));
            }
        }
        return line;
    }

    private static void session(MrtSession session, Map<String, Object> line) {
        line.put("peer", session.peer().toString());
        line.put("peerAs", session.peerAs());
        line.put("local", session.local().toString());
        line.put("localAs", session.localAs());
    }

    private static void route(MrtItem.Route route, Map<String, Object> line) {
        MrtItem.Entry entry = route.entry();
        entry.peer().ifPresent(peer -> {
            line.put("peer", peer.address().toString());
            line.put("peerAs", peer.as());
        });
        line.put("peerIndex", entry.peerIndex());
        line.put("type", "ROUTE");
        line.put("prefix", route.prefix().toString());
        entry.pathId().ifPresent(id -> line.put("pathId", id));
        line.put("originated", entry.originated().toString());
        line.put("attributes", MessageJson.attributes(entry.attributes()));
        line.put("errors", Fault.of(entry.errors()));
    }

    private static Map<String, Object> peer(MrtPeer peer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("peer", peer.address().toString());
        json.put("peerAs", peer.as());
        json.put("routerId", peer.routerId().toString());
        return json;
    }

    private static String state(int number) {
        return number >= 1 && number <= STATES.size()
                ? STATES.get(number - 1)
                : String.valueOf(number);
    }
}
