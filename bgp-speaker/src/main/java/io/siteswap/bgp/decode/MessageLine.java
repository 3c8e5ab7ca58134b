package io.siteswap.bgp.decode;

import io.siteswap.bgp.wire.AttributeTable;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.MessageDecoder;
import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.WireError;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One message with its header, put into a line. */
final class MessageLine {

    /** As much of a faulty message as is printed: all of it unless extended. */
    private static final int MAX_HEX = Frame.MAX_LENGTH;

    private MessageLine() {
    }

    /** Where the width of AS numbers is known from. */
    enum Width {
        RECORD, OPEN, GUESS
    }

    /** @return the message, if it is one */
    static Optional<Message> write(ByteBuffer octets, Context context, Width width,
            Map<String, Object> line) {
        ByteBuffer in = octets.slice();
        Octets hex = Octets.read(octets.slice(octets.position(),
                Math.min(octets.remaining(), MAX_HEX)));
        if (in.remaining() >= Frame.HEADER) {
            line.put("type", MessageJson.typeName(in.get(Frame.HEADER - 1) & 0xFF));
        }
        return switch (Frame.next(in, context)) {
            case Frame.Complete frame -> {
                Optional<Message> message = decoded(frame, context, width, line, hex);
                if (in.hasRemaining()) {
                    line.put("trailing", Octets.read(in).toString());
                }
                yield message;
            }
            case Frame.Broken(WireError error) -> broken(line, Fault.of(error), hex);
            case Frame.Incomplete _ -> broken(line, Fault.skipped(
                    "The message ends after " + octets.remaining() + " octets.", Octets.NONE),
                    hex);
        };
    }

    private static Optional<Message> broken(Map<String, Object> line,
            Map<String, Object> fault, Octets hex) {
        line.putIfAbsent("type", "UNKNOWN");
        line.put("errors", List.of(fault));
        line.put("hex", hex.toString());
        return Optional.empty();
    }

    private static Optional<Message> decoded(Frame.Complete frame, Context context, Width width,
            Map<String, Object> line, Octets hex) {
        Context used = width == Width.GUESS ? guess(frame, context) : context;
        return switch (MessageDecoder.decode(frame, used)) {
            case Decoded.Ok(Message message, List<WireError> errors) -> {
                if (message instanceof Update) {
                    line.put("asOctets", used.fourOctetAs() ? 4 : 2);
                    line.put("asOctetsFrom", width.name().toLowerCase(Locale.ROOT));
                }
                MessageJson.write(message, line);
                line.put("errors", Fault.of(errors));
                if (!errors.isEmpty()) {
                    line.put("hex", hex.toString());
                }
                yield Optional.of(message);
            }
            case Decoded.Broken(WireError error) -> broken(line, Fault.of(error), hex);
        };
    }

    /** Four octets, unless only two make sense. */
    private static Context guess(Frame.Complete frame, Context context) {
        Context other = context.withFourOctetAs(!context.fourOctetAs());
        return faultyNumbers(frame, context) && !faultyNumbers(frame, other) ? other : context;
    }

    private static boolean faultyNumbers(Frame.Complete frame, Context context) {
        List<WireError> errors = switch (MessageDecoder.decode(frame, context)) {
            case Decoded.Ok(var _, List<WireError> tolerated) -> tolerated;
            case Decoded.Broken(WireError error) -> List.of(error);
        };
        return errors.stream().map(WireError::data).filter(data -> data.length() > 1)
                .anyMatch(data -> AttributeTable.dependsOnAsOctets(data.unsigned(1)));
    }
}
