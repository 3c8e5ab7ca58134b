package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads an UPDATE with the error handling of RFC 7606: a fault in an attribute costs the
 * attribute or the routes; only what hides the prefixes themselves costs the session.
 */
final class UpdateDecoder {

    private final Context context;
    private final List<WireError> errors = new ArrayList<>();
    private final List<Attribute> attributes = new ArrayList<>();
    private final BitSet seen = new BitSet(64);

    private UpdateDecoder(Context context) {
        this.context = context;
    }

    static Decoded decode(ByteBuffer body, Context context) {
        return new UpdateDecoder(context).decode(body);
    }

    /** Only attributes, of a path that was accepted before. */
    static Attributes attributes(ByteBuffer in, Context context) {
        UpdateDecoder decoder = new UpdateDecoder(context);
        decoder.readAttributes(in);
        return new Attributes(decoder.attributes);
    }

    private Decoded decode(ByteBuffer body) {
        int withdrawnLength = body.getShort() & 0xFFFF;
        if (withdrawnLength + 2 > body.remaining()) {
            return broken(1, "The withdrawn routes do not fit in the UPDATE.");
        }
        ByteBuffer withdrawnPart = take(body, withdrawnLength);
        int attributesLength = body.getShort() & 0xFFFF;
        if (attributesLength > body.remaining()) {
            return broken(1, "The attributes do not fit in the UPDATE.");
        }
        ByteBuffer attributesPart = take(body, attributesLength);
        Parsed<List<Prefix>> withdrawn = Nlri.read(withdrawnPart, Family.IPV4_UNICAST);
        Parsed<List<Prefix>> announced = Nlri.read(body, Family.IPV4_UNICAST);
        if (!(withdrawn instanceof Parsed.Value<List<Prefix>>(List<Prefix> gone))
                || !(announced instanceof Parsed.Value<List<Prefix>>(List<Prefix> here))) {
            // Without the prefixes nobody knows what to withdraw (RFC 7606 section 3 j).
            return broken(10, "The prefixes of the UPDATE cannot be read.");
        }
        readAttributes(attributesPart);
        return finish(gone, here);
    }

    private Decoded finish(List<Prefix> withdrawn, List<Prefix> announced) {
        if (!context.fourOctetAs()) {
            mergeFourOctetAs();
        }
        Update update = new Update(withdrawn, new Attributes(attributes), announced);
        checkMandatory(update);
        if (errors.isEmpty()) {
            return Decoded.ok(update);
        }
        return drawn(update);
    }

    /** The message with the consequences of its faults drawn. */
    private Decoded drawn(Update update) {
        Optional<WireError> worst = worst();
        if (worst.filter(e -> e.consequence() == Consequence.SESSION_RESET).isPresent()) {
            return new Decoded.Broken(worst.get());
        }
        if (nothingToWithdraw(update)
                && worst.filter(e -> e.consequence() == Consequence.TREAT_AS_WITHDRAW)
                        .isPresent()) {
            WireError error = worst.get();
            return new Decoded.Broken(
                    WireError.reset(error.code(), error.subcode(), error.data(), error.reason()));
        }
        boolean withdraw = worst.filter(e -> e.consequence() == Consequence.TREAT_AS_WITHDRAW)
                .isPresent();
        return new Decoded.Ok(withdraw ? withdrawAll(update) : update, List.copyOf(errors));
    }

    /** RFC 7606 section 5.2: attributes without any reachable prefix. */
    private boolean nothingToWithdraw(Update update) {
        return update.announced().isEmpty() && !seen.get(MpReach.TYPE);
    }

    /** The first of the gravest. */
    private Optional<WireError> worst() {
        Optional<WireError> worst = Optional.empty();
        for (WireError error : errors) {
            if (worst.isEmpty()
                    || error.consequence().compareTo(worst.get().consequence()) > 0) {
                worst = Optional.of(error);
            }
        }
        return worst;
    }

    private void readAttributes(ByteBuffer in) {
        while (in.hasRemaining()) {
            int start = in.position();
            int flags = in.get() & 0xFF;
            boolean extended = (flags & AttributeCodec.EXTENDED_LENGTH) != 0;
            if (in.remaining() < (extended ? 3 : 2)) {
                fault(Consequence.TREAT_AS_WITHDRAW, 1, Octets.NONE,
                        "The attributes end inside an attribute header.");
                return;
            }
            int type = in.get() & 0xFF;
            int length = extended ? in.getShort() & 0xFFFF : in.get() & 0xFF;
            if (length > in.remaining()) {
                fault(Consequence.TREAT_AS_WITHDRAW, 1, Octets.NONE, "Attribute " + type + " of "
                        + length + " octets ends after " + in.remaining() + ".");
                return;
            }
            ByteBuffer value = take(in, length);
            // Copied only when there is a fault to report.
            ByteBuffer whole = in.slice(start, in.position() - start);
            readAttribute(flags, type, value, whole);
        }
    }

    private void readAttribute(int flags, int type, ByteBuffer value, ByteBuffer whole) {
        if (seen.get(type)) {
            boolean reachability = type == MpReach.TYPE || type == MpUnreach.TYPE;
            fault(reachability ? Consequence.SESSION_RESET : Consequence.ATTRIBUTE_DISCARD, 1,
                    Octets.NONE, "Attribute " + type + " stands twice.");
            return;
        }
        seen.set(type);
        Optional<AttributeCodec<?>> row = AttributeTable.find(type);
        if (row.isPresent()) {
            readKnown(row.get(), flags, value, whole);
        } else {
            readUnknown(flags, type, value, whole);
        }
    }

    private <A extends Attribute> void readKnown(AttributeCodec<A> row, int flags,
            ByteBuffer value, ByteBuffer whole) {
        boolean flagsFit = (flags & AttributeCodec.OPTIONAL_TRANSITIVE) == row.flags();
        switch (row.reader().read(value, context)) {
            case Parsed.Value<A>(A attribute) when flagsFit -> attributes.add(attribute);
            case Parsed.Value<A>(A attribute) -> {
                boolean discard = row.onError() == Consequence.ATTRIBUTE_DISCARD;
                if (!discard) {
                    // Kept all the same: its prefixes may be what has to be withdrawn.
                    attributes.add(attribute);
                }
                fault(discard ? Consequence.ATTRIBUTE_DISCARD : Consequence.TREAT_AS_WITHDRAW, 4,
                        Octets.read(whole),
                        row.name() + " with flags 0x" + Integer.toHexString(flags) + ".");
            }
            case Parsed.Malformed<A>(String reason) -> fault(row.onError(), row.subcode(),
                    Octets.read(whole), reason);
            case Parsed.Ignored<A>(String reason) -> fault(Consequence.ATTRIBUTE_DISCARD,
                    row.subcode(), Octets.read(whole), reason);
        }
    }

    private void readUnknown(int flags, int type, ByteBuffer value, ByteBuffer whole) {
        if ((flags & AttributeCodec.OPTIONAL) == 0) {
            fault(Consequence.SESSION_RESET, 2, Octets.read(whole),
                    "Attribute " + type + " claims to be well-known but is not.");
        } else if ((flags & AttributeCodec.TRANSITIVE) != 0) {
            attributes.add(new UnknownAttribute(type, flags, Octets.read(value)));
        }
    }

    /** RFC 6793 section 4.2.3. */
    private void mergeFourOctetAs() {
        Attributes all = new Attributes(attributes);
        Optional<Aggregator> aggregator = all.find(Aggregator.class);
        Optional<As4Aggregator> as4Aggregator = all.find(As4Aggregator.class);
        boolean foreign = aggregator.isPresent() && as4Aggregator.isPresent()
                && aggregator.get().as() != Open.AS_TRANS;
        attributes.removeIf(a -> a instanceof As4Path || a instanceof As4Aggregator);
        if (foreign) {
            // Someone without 4-octet support aggregated after them: both are stale.
            return;
        }
        if (aggregator.isPresent() && as4Aggregator.isPresent()) {
            replace(aggregator.get(),
                    new Aggregator(as4Aggregator.get().as(), as4Aggregator.get().router()));
        }
        Optional<AsPath> path = all.find(AsPath.class);
        Optional<As4Path> as4Path = all.find(As4Path.class);
        if (path.isPresent() && as4Path.isPresent()) {
            replace(path.get(), as4Path.get().mergeInto(path.get()));
        }
    }

    private void replace(Attribute old, Attribute by) {
        attributes.set(attributes.indexOf(old), by);
    }

    /** RFC 7606 section 3 d: missing mandatory attributes cost the routes. */
    private void checkMandatory(Update update) {
        boolean reach = seen.get(MpReach.TYPE) && update.attributes().find(MpReach.class)
                .filter(r -> !r.prefixes().isEmpty()).isPresent();
        if (update.announced().isEmpty() && !reach) {
            return;
        }
        require(Origin.TYPE);
        require(AsPath.TYPE);
        if (!update.announced().isEmpty()) {
            require(NextHop.TYPE);
        }
    }

    private void require(int type) {
        if (!seen.get(type)) {
            fault(Consequence.TREAT_AS_WITHDRAW, 3, Octets.of((byte) type),
                    "Attribute " + type + " is missing.");
        }
    }

    private static Update withdrawAll(Update update) {
        List<Prefix> withdrawn = new ArrayList<>(update.withdrawn());
        withdrawn.addAll(update.announced());
        List<Attribute> kept = new ArrayList<>();
        update.attributes().find(MpUnreach.class).ifPresent(kept::add);
        update.attributes().find(MpReach.class)
                .ifPresent(reach -> kept.add(new MpUnreach(reach.family(), reach.prefixes())));
        return new Update(withdrawn, new Attributes(kept), List.of());
    }

    private void fault(Consequence consequence, int subcode, Octets data, String reason) {
        errors.add(new WireError(consequence, Notification.UPDATE, subcode, data, reason));
    }

    private static Decoded broken(int subcode, String reason) {
        return new Decoded.Broken(WireError.reset(Notification.UPDATE, subcode, reason));
    }

    private static ByteBuffer take(ByteBuffer in, int length) {
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        return part;
    }
}
