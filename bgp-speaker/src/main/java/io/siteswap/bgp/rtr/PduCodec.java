package io.siteswap.bgp.rtr;

import io.siteswap.bgp.rtr.RtrOptions.Timing;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.Prefix;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** PDUs and their bytes (RFC 8210 section 5, RFC 6810 section 5); never throws on bytes. */
public final class PduCodec {

    public static final int VERSION_0 = 0;
    public static final int VERSION_1 = 1;

    static final int HEADER = 8;

    /** No PDU of use comes near: only error texts and keys have no length of their own. */
    static final int MAX_LENGTH = 1 << 16;

    private static final int SERIAL_NOTIFY = 0;
    private static final int SERIAL_QUERY = 1;
    private static final int RESET_QUERY = 2;
    private static final int CACHE_RESPONSE = 3;
    private static final int IPV4_PREFIX = 4;
    private static final int IPV6_PREFIX = 6;
    private static final int END_OF_DATA = 7;
    private static final int CACHE_RESET = 8;
    private static final int ROUTER_KEY = 9;
    private static final int ERROR_REPORT = 10;
    private static final int QUOTED = 256;

    /** Outcome of reading from the front of a stream. */
    public sealed interface Read {

        /** Fewer bytes than it needs; nothing is consumed. */
        record Incomplete() implements Read {
        }

        record Complete(int version, Pdu pdu) implements Read {
        }

        /** @param quote what to quote in the report, empty when the fault was itself a report */
        record Broken(RtrError error, Octets quote, String reason) implements Read {
        }
    }

    private PduCodec() {
    }

    /** Takes one PDU from the front of {@code in}. */
    public static Read next(ByteBuffer in) {
        if (in.remaining() < HEADER) {
            return new Read.Incomplete();
        }
        int start = in.position();
        int version = in.get(start) & 0xFF;
        int type = in.get(start + 1) & 0xFF;
        long length = in.getInt(start + 4) & 0xFFFF_FFFFL;
        if (length < HEADER || length > MAX_LENGTH) {
            return broken(RtrError.CORRUPT_DATA, in.slice(start, HEADER),
                    "A PDU of type " + type + " with length " + length + ".");
        }
        if (in.remaining() < length) {
            return new Read.Incomplete();
        }
        ByteBuffer whole = in.slice(start, (int) length);
        in.position(start + (int) length);
        if (version > VERSION_1) {
            return broken(RtrError.UNSUPPORTED_VERSION, whole,
                    "A PDU of protocol version " + version + ".");
        }
        return decode(version, type, whole);
    }

    private static Read decode(int version, int type, ByteBuffer whole) {
        int length = whole.capacity();
        int field = whole.getShort(2) & 0xFFFF;
        return switch (type) {
            case SERIAL_NOTIFY -> length == 12
                    ? ok(version, new Pdu.SerialNotify(field, whole.getInt(8)))
                    : wrongLength(whole, type);
            case SERIAL_QUERY -> length == 12
                    ? ok(version, new Pdu.SerialQuery(field, whole.getInt(8)))
                    : wrongLength(whole, type);
            case RESET_QUERY -> length == HEADER
                    ? ok(version, new Pdu.ResetQuery())
                    : wrongLength(whole, type);
            case CACHE_RESPONSE -> length == HEADER
                    ? ok(version, new Pdu.CacheResponse(field))
                    : wrongLength(whole, type);
            case CACHE_RESET -> length == HEADER
                    ? ok(version, new Pdu.CacheReset())
                    : wrongLength(whole, type);
            case IPV4_PREFIX -> length == 20 ? prefix(version, whole) : wrongLength(whole, type);
            case IPV6_PREFIX -> length == 32 ? prefix(version, whole) : wrongLength(whole, type);
            case END_OF_DATA -> endOfData(version, whole, field);
            case ROUTER_KEY -> version == VERSION_1 && length >= 32
                    ? ok(version, new Pdu.RouterKey((field >> 8 & 1) == 1,
                            Octets.read(whole.position(HEADER))))
                    : wrongLength(whole, type);
            case ERROR_REPORT -> errorReport(version, whole, field);
            default -> broken(RtrError.UNSUPPORTED_TYPE, whole, "A PDU of type " + type + ".");
        };
    }

    private static Read prefix(int version, ByteBuffer whole) {
        boolean announce = (whole.get(8) & 1) == 1;
        int length = whole.get(9) & 0xFF;
        int max = whole.get(10) & 0xFF;
        boolean v4 = whole.capacity() == 20;
        Address address = v4
                ? Address.v4(whole.getInt(12))
                : Address.v6(whole.getLong(12), whole.getLong(20));
        int bits = address.family().bits();
        if (length > bits || max > bits || max < length) {
            return broken(RtrError.CORRUPT_DATA, whole,
                    "A prefix of " + length + " bits, at most " + max + ", of " + bits + ".");
        }
        long as = whole.getInt(v4 ? 16 : 28) & 0xFFFF_FFFFL;
        return ok(version,
                new Pdu.PrefixPdu(announce, new Vrp(new Prefix(address, length), max, as)));
    }

    private static Read endOfData(int version, ByteBuffer whole, int session) {
        if (whole.capacity() != (version == VERSION_0 ? 12 : 24)) {
            return wrongLength(whole, END_OF_DATA);
        }
        Optional<Timing> timing = version == VERSION_0
                ? Optional.empty()
                : Optional.of(Timing.of(whole.getInt(12) & 0xFFFF_FFFFL,
                        whole.getInt(16) & 0xFFFF_FFFFL, whole.getInt(20) & 0xFFFF_FFFFL));
        return ok(version, new Pdu.EndOfData(session, whole.getInt(8), timing));
    }

    private static Read errorReport(int version, ByteBuffer whole, int code) {
        int length = whole.capacity();
        long quoted = length < 16 ? -1 : whole.getInt(8) & 0xFFFF_FFFFL;
        if (quoted < 0 || quoted > length - 16) {
            return notReportable("An error report whose parts do not fit.");
        }
        long text = whole.getInt(12 + (int) quoted) & 0xFFFF_FFFFL;
        if (text != length - 16 - quoted) {
            return notReportable("An error report whose parts do not fit.");
        }
        Octets erroneous = Octets.read(whole.slice(12, (int) quoted));
        String words = StandardCharsets.UTF_8
                .decode(whole.slice(16 + (int) quoted, (int) text)).toString();
        return ok(version, new Pdu.ErrorReport(RtrError.of(code), erroneous, words));
    }

    /** Reports about reports must not be (RFC 8210 section 5.11). */
    private static Read notReportable(String reason) {
        return new Read.Broken(RtrError.CORRUPT_DATA, Octets.NONE, reason);
    }

    private static Read wrongLength(ByteBuffer whole, int type) {
        return broken(RtrError.CORRUPT_DATA, whole,
                "A PDU of type " + type + " with length " + whole.capacity() + ".");
    }

    private static Read ok(int version, Pdu pdu) {
        return new Read.Complete(version, pdu);
    }

    private static Read broken(RtrError error, ByteBuffer whole, String reason) {
        ByteBuffer quote = whole.duplicate();
        quote.clear().limit(Math.min(whole.capacity(), QUOTED));
        return new Read.Broken(error, Octets.read(quote), reason);
    }

    /** The whole PDU, ready to read. */
    public static ByteBuffer encode(int version, Pdu pdu) {
        return switch (pdu) {
            case Pdu.SerialNotify(int session, int serial) -> header(version, SERIAL_NOTIFY,
                    session, 12).putInt(serial).flip();
            case Pdu.SerialQuery(int session, int serial) -> header(version, SERIAL_QUERY,
                    session, 12).putInt(serial).flip();
            case Pdu.ResetQuery _ -> header(version, RESET_QUERY, 0, HEADER).flip();
            case Pdu.CacheResponse(int session) -> header(version, CACHE_RESPONSE, session,
                    HEADER).flip();
            case Pdu.CacheReset _ -> header(version, CACHE_RESET, 0, HEADER).flip();
            case Pdu.PrefixPdu prefix -> prefix(version, prefix);
            case Pdu.EndOfData end -> endOfData(version, end);
            case Pdu.RouterKey(boolean announce, Octets content) -> {
                ByteBuffer out = header(version, ROUTER_KEY, announce ? 0x100 : 0,
                        HEADER + content.length());
                content.write(out);
                yield out.flip();
            }
            case Pdu.ErrorReport(RtrError error, Octets erroneous, String text) -> {
                byte[] words = text.getBytes(StandardCharsets.UTF_8);
                ByteBuffer out = header(version, ERROR_REPORT, error.code(),
                        16 + erroneous.length() + words.length).putInt(erroneous.length());
                erroneous.write(out);
                yield out.putInt(words.length).put(words).flip();
            }
        };
    }

    private static ByteBuffer prefix(int version, Pdu.PrefixPdu prefix) {
        Vrp vrp = prefix.vrp();
        boolean v4 = vrp.prefix().family() == Family.IPV4_UNICAST;
        ByteBuffer out = header(version, v4 ? IPV4_PREFIX : IPV6_PREFIX, 0, v4 ? 20 : 32)
                .put((byte) (prefix.announce() ? 1 : 0)).put((byte) vrp.prefix().length())
                .put((byte) vrp.maxLength()).put((byte) 0);
        vrp.prefix().address().write(out);
        return out.putInt((int) vrp.as()).flip();
    }

    private static ByteBuffer endOfData(int version, Pdu.EndOfData end) {
        if (version == VERSION_0) {
            return header(version, END_OF_DATA, end.session(), 12).putInt(end.serial()).flip();
        }
        Timing timing = end.timing().orElse(Timing.DEFAULT);
        return header(version, END_OF_DATA, end.session(), 24).putInt(end.serial())
                .putInt((int) timing.refresh().toSeconds())
                .putInt((int) timing.retry().toSeconds())
                .putInt((int) timing.expire().toSeconds()).flip();
    }

    private static ByteBuffer header(int version, int type, int field, int length) {
        return ByteBuffer.allocate(length).put((byte) version).put((byte) type)
                .putShort((short) field).putInt(length);
    }
}
