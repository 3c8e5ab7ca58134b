package io.siteswap.bgp.decode;

import io.siteswap.bgp.decode.Conversation.End;
import io.siteswap.bgp.mrt.RecordInput;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.Open;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A packet capture, message by message in the order in which they were complete. */
final class CaptureLines {

    /** More connections than a busy route server has; the one silent longest is given up. */
    private static final int MAX_CONVERSATIONS = 2048;

    private final Lines lines;
    private final int port;
    private final Map<Conversation.Key, Conversation> conversations = new LinkedHashMap<>(16,
            0.75f, true);

    CaptureLines(Lines lines, int port) {
        this.lines = lines;
        this.port = port;
    }

    void read(RecordInput in) throws IOException {
        Capture capture = Capture.open(in);
        for (Optional<Captured> next = capture.next(); next.isPresent(); next = capture
                .next()) {
            switch (next.get()) {
                case Captured.Packet packet -> packet(packet);
                case Captured.Bad(long record, long offset, Octets octets, String reason) -> {
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("record", record);
                    line.put("offset", offset);
                    line.put("type", "BAD_RECORD");
                    line.put("errors", List.of(Fault.skipped(reason, octets)));
                    lines.print(line);
                }
            }
        }
        for (Conversation conversation : List.copyOf(conversations.values())) {
            end(conversation, new LinkedHashMap<>());
        }
    }

    private void packet(Captured.Packet packet) throws IOException {
        Optional<Segment> found = Segment.of(packet.linkType(), packet.data())
                .filter(s -> s.sourcePort() == port || s.destinationPort() == port);
        if (found.isEmpty()) {
            return;
        }
        Segment segment = found.get();
        End from = new End(segment.source(), segment.sourcePort());
        End to = new End(segment.destination(), segment.destinationPort());
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("record", packet.record());
        head.put("offset", packet.offset());
        head.put("time", packet.time().toString());
        Conversation conversation = conversation(segment, from, to, head);
        Stream stream = conversation.from(from).stream;
        pieces(stream.take(segment), conversation, from, to, head);
        if (segment.ends() && !stream.waits()) {
            pieces(stream.end(), conversation, from, to, head);
        }
    }

    private Conversation conversation(Segment segment, End from, End to,
            Map<String, Object> head) throws IOException {
        Conversation.Key key = Conversation.Key.of(from, to);
        Optional<Conversation> known = Optional.ofNullable(conversations.get(key));
        boolean again = segment.syn()
                && known.filter(c -> c.from(from).open.isPresent()).isPresent();
        if (known.isPresent() && !again) {
            return known.get();
        }
        if (known.isPresent()) {
            // The same ports once more: what was agreed on before does not hold any longer.
            end(known.get(), head);
        }
        Conversation conversation = new Conversation(key);
        conversations.put(key, conversation);
        forgetOldest(head);
        return conversation;
    }

    private void forgetOldest(Map<String, Object> head) throws IOException {
        if (conversations.size() > MAX_CONVERSATIONS) {
            end(conversations.values().iterator().next(), head);
        }
    }

    private void end(Conversation conversation, Map<String, Object> head) throws IOException {
        conversations.remove(conversation.key());
        End low = conversation.key().low();
        End high = conversation.key().high();
        pieces(conversation.from(low).stream.end(), conversation, low, high, head);
        pieces(conversation.from(high).stream.end(), conversation, high, low, head);
    }

    private void pieces(List<Stream.Piece> pieces, Conversation conversation, End from, End to,
            Map<String, Object> head) throws IOException {
        for (Stream.Piece piece : pieces) {
            Map<String, Object> line = new LinkedHashMap<>(head);
            line.put("peer", from.address().toString());
            line.put("peerPort", from.port());
            line.put("local", to.address().toString());
            line.put("localPort", to.port());
            switch (piece) {
                case Stream.Piece.Message message -> message(message, conversation, from, line);
                case Stream.Piece.Broken(ByteBuffer octets) -> MessageLine.write(octets,
                        conversation.context(from), MessageLine.Width.GUESS, line);
                case Stream.Piece.Lost(long octets) -> gap(octets,
                        octets + " octets were not captured.", line);
                case Stream.Piece.Garbage(long octets) -> gap(octets,
                        octets + " octets before the next marker belong to no whole message.",
                        line);
            }
            lines.print(line);
        }
    }

    private static void gap(long octets, String reason, Map<String, Object> line) {
        line.put("type", "GAP");
        line.put("octets", octets);
        line.put("errors", List.of(Fault.skipped(reason, Octets.NONE)));
    }

    private static void message(Stream.Piece.Message piece, Conversation conversation, End from,
            Map<String, Object> line) {
        Context context = conversation.context(from);
        MessageLine.Width width = conversation.knowsWidth()
                ? MessageLine.Width.OPEN
                : MessageLine.Width.GUESS;
        Optional<Message> message = MessageLine.write(piece.octets(), context, width, line);
        Conversation.Side side = conversation.from(from);
        if (message.isPresent() && message.get() instanceof Open open) {
            side.open = Optional.of(open);
        }
        if (line.get("asOctets") instanceof Integer octets) {
            side.fourOctetAs = octets == 4;
        }
    }
}
