package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/** NOTIFICATION (RFC 4271 section 4.5): why the session ends. */
public record Notification(int code, int subcode, Octets data) implements Message {

    public static final int TYPE = 3;

    public static final int HEADER = 1;
    public static final int OPEN = 2;
    public static final int UPDATE = 3;
    public static final int HOLD_TIMER = 4;
    /** Subcodes 1 to 3 say in which state (RFC 6608). */
    public static final int FSM = 5;
    public static final int CEASE = 6;
    /** RFC 7313 section 5. */
    public static final int REFRESH = 7;
    /** RFC 9687: the neighbour did not read what we sent. */
    public static final int SEND_HOLD_TIMER = 8;

    /** RFC 9234 section 4.2. */
    public static final int OPEN_ROLE_MISMATCH = 11;

    public static final int CEASE_MAX_PREFIXES = 1;
    public static final int CEASE_SHUTDOWN = 2;
    public static final int CEASE_DECONFIGURED = 3;
    public static final int CEASE_RESET = 4;
    public static final int CEASE_REJECTED = 5;
    public static final int CEASE_COLLISION = 7;
    public static final int CEASE_OUT_OF_RESOURCES = 8;
    /** RFC 8538 section 3: the real reason follows, and nothing is kept. */
    public static final int CEASE_HARD_RESET = 9;
    /** RFC 9384. */
    public static final int CEASE_BFD_DOWN = 10;

    public static Notification of(int code, int subcode) {
        return new Notification(code, subcode, Octets.NONE);
    }

    /**
     * Cease with words for the neighbour's operator (RFC 9003).
     *
     * @param subcode {@link #CEASE_SHUTDOWN} or {@link #CEASE_RESET}
     * @param words cut where they take more than 255 octets
     */
    public static Notification cease(int subcode, String words) {
        return new Notification(CEASE, subcode,
                words.isEmpty() ? Octets.NONE : ShutdownMessage.write(words));
    }

    /** The same as a hard reset: the neighbour keeps no routes over it (RFC 8538 section 3). */
    public Notification hard() {
        ByteBuffer inner = ByteBuffer.allocate(2 + data.length());
        inner.put((byte) code).put((byte) subcode);
        data.write(inner);
        return new Notification(CEASE, CEASE_HARD_RESET, Octets.read(inner.flip()));
    }

    /** What a hard reset carries; empty if this is none or says no reason. */
    public Optional<Notification> hardReason() {
        if (code != CEASE || subcode != CEASE_HARD_RESET || data.length() < 2) {
            return Optional.empty();
        }
        ByteBuffer inner = data.buffer();
        return Optional.of(new Notification(inner.get() & 0xFF, inner.get() & 0xFF,
                Octets.read(inner)));
    }

    /** The operator's words, safe for a terminal; empty if there are none (RFC 9003). */
    public Optional<String> words() {
        boolean may = code == CEASE && (subcode == CEASE_SHUTDOWN || subcode == CEASE_RESET);
        return may
                ? Optional.of(ShutdownMessage.read(data)).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** For people, e.g. {@code Cease/Administrative Shutdown "new power supply"}. */
    public String describe() {
        String reason = hardReason().filter(r -> r.hardReason().isEmpty())
                .map(r -> ": " + r.describe()).orElse("");
        return ErrorNames.of(code, subcode) + words().map(text -> " \"" + text + "\"").orElse("")
                + reason;
    }
}
