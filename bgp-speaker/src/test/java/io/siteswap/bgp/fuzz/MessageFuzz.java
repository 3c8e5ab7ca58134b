package io.siteswap.bgp.fuzz;

import io.siteswap.bgp.wire.Attribute;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.MessageDecoder;
import io.siteswap.bgp.wire.MessageEncoder;
import io.siteswap.bgp.wire.Notification;
import io.siteswap.bgp.wire.UnknownAttribute;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.WireError;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/**
 * A stream of messages: the first octet chooses what was agreed on, the rest is what a neighbour
 * sends. Nothing throws; what is read without a fault is written and read again as the same.
 */
public final class MessageFuzz {

    private MessageFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        Context context = Contexts.of(data[0]);
        ByteBuffer in = ByteBuffer.wrap(data, 1, data.length - 1).slice();
        while (Frame.next(in, context) instanceof Frame.Complete frame) {
            check(MessageDecoder.decode(frame, context), context);
        }
    }

    static void check(Decoded decoded, Context context) {
        switch (decoded) {
            case Decoded.Ok(Message message, List<WireError> faults) -> {
                faults.forEach(MessageFuzz::checkWords);
                if (message instanceof Notification notification) {
                    expect(notification.describe().codePoints().noneMatch(
                            Character::isISOControl), "no control reaches a terminal");
                }
                if (faults.isEmpty()) {
                    again(message, context);
                }
            }
            case Decoded.Broken(WireError error) -> checkWords(error);
        }
    }

    private static void checkWords(WireError error) {
        expect(!error.reason().isEmpty() && !error.clause().isEmpty(), "a fault has words");
        MessageEncoder.encode(error.toNotification(), Context.INITIAL);
    }

    private static void again(Message message, Context agreed) {
        // We take path identifiers and send none (RFC 7911).
        Context context = agreed.withAddPath(Set.of(), Set.of());
        ByteBuffer written = MessageEncoder.encode(message, context);
        Frame frame = Frame.next(written, context);
        expect(frame instanceof Frame.Complete, "what we write is a message");
        Decoded second = MessageDecoder.decode((Frame.Complete) frame, context);
        boolean same = second instanceof Decoded.Ok(Message m, List<WireError> faults)
                && faults.isEmpty() && normal(m).equals(normal(message));
        expect(same, "written and read again it is the same: " + message + " / " + second);
    }

    /** Sent on, an unknown attribute is marked partial: the only difference allowed. */
    private static Message normal(Message message) {
        if (!(message instanceof Update update)) {
            return message;
        }
        List<Attribute> attributes = update.attributes().list().stream()
                .<Attribute>map(a -> a instanceof UnknownAttribute u
                        ? new UnknownAttribute(u.type(), 0, u.value())
                        : a)
                .toList();
        return new Update(update.withdrawn(), new Attributes(attributes), update.announced());
    }

    static void expect(boolean holds, String invariant) {
        if (!holds) {
            throw new IllegalStateException("Does not hold: " + invariant);
        }
    }
}
