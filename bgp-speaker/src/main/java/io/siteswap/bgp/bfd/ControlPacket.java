package io.siteswap.bgp.bfd;

import java.nio.ByteBuffer;

/**
 * A BFD Control packet without authentication (RFC 5880 section 4.1); intervals in microseconds.
 *
 * @param independent the C bit: its sender outlives a restart of its control plane
 * @param demand the D bit: its sender wants no periodic packets while both are up
 * @param desiredTransmit desired minimum transmit interval
 * @param requiredReceive required minimum receive interval; 0: wants no periodic packets
 * @param requiredEcho required minimum echo receive interval; 0: no echo
 */
public record ControlPacket(BfdState state, Diagnostic diagnostic, boolean poll, boolean last,
        boolean independent, boolean demand, int multiplier, int myDiscriminator,
        int yourDiscriminator, long desiredTransmit, long requiredReceive, long requiredEcho) {

    /** Octets of the mandatory section. */
    public static final int LENGTH = 24;

    private static final int AUTHENTICATED_LENGTH = 26;
    private static final int VERSION = 1;
    private static final int POLL = 0x20;
    private static final int FINAL = 0x10;
    private static final int INDEPENDENT = 0x08;
    private static final int AUTHENTICATION = 0x04;
    private static final int DEMAND = 0x02;
    private static final int MULTIPOINT = 0x01;

    /** Applies the rules of section 6.8.6 that need no session; {@code in} is left as it was. */
    public static Reception decode(ByteBuffer in) {
        int at = in.position();
        if (in.remaining() < LENGTH) {
            return new Reception.Refused(Refusal.TRUNCATED);
        }
        int flags = in.get(at + 1);
        int length = in.get(at + 3) & 0xFF;
        boolean authenticated = (flags & AUTHENTICATION) != 0;
        if ((in.get(at) & 0xFF) >> 5 != VERSION) {
            return new Reception.Refused(Refusal.VERSION);
        }
        if (length < (authenticated ? AUTHENTICATED_LENGTH : LENGTH)) {
            return new Reception.Refused(Refusal.LENGTH_TOO_SMALL);
        }
        if (length > in.remaining()) {
            return new Reception.Refused(Refusal.LENGTH_TOO_LARGE);
        }
        ControlPacket packet = read(in, at, flags);
        if (packet.multiplier == 0) {
            return new Reception.Refused(Refusal.MULTIPLIER_ZERO);
        }
        if ((flags & MULTIPOINT) != 0) {
            return new Reception.Refused(Refusal.MULTIPOINT);
        }
        if (packet.myDiscriminator == 0) {
            return new Reception.Refused(Refusal.MY_DISCRIMINATOR_ZERO);
        }
        if (packet.yourDiscriminator == 0
                && (packet.state == BfdState.INIT || packet.state == BfdState.UP)) {
            return new Reception.Refused(Refusal.YOUR_DISCRIMINATOR_ZERO);
        }
        return authenticated
                ? new Reception.Refused(Refusal.AUTHENTICATED)
                : new Reception.Accepted(packet);
    }

    private static ControlPacket read(ByteBuffer in, int at, int flags) {
        return new ControlPacket(BfdState.of((flags & 0xC0) >> 6),
                Diagnostic.of(in.get(at) & 0x1F), (flags & POLL) != 0, (flags & FINAL) != 0,
                (flags & INDEPENDENT) != 0, (flags & DEMAND) != 0, in.get(at + 2) & 0xFF,
                in.getInt(at + 4), in.getInt(at + 8), in.getInt(at + 12) & 0xFFFF_FFFFL,
                in.getInt(at + 16) & 0xFFFF_FFFFL, in.getInt(at + 20) & 0xFFFF_FFFFL);
    }

    /** Writes {@link #LENGTH} octets at the position of {@code out}, which moves behind them. */
    public void encode(ByteBuffer out) {
        int flags = state.code() << 6 | (poll ? POLL : 0) | (last ? FINAL : 0)
                | (independent ? INDEPENDENT : 0) | (demand ? DEMAND : 0);
        out.put((byte) (VERSION << 5 | diagnostic.code())).put((byte) flags)
                .put((byte) multiplier).put((byte) LENGTH).putInt(myDiscriminator)
                .putInt(yourDiscriminator).putInt((int) desiredTransmit)
                .putInt((int) requiredReceive).putInt((int) requiredEcho);
    }

    /** The answer to a poll: at once, whatever the transmit timer says (section 6.5). */
    ControlPacket asFinal() {
        return new ControlPacket(state, diagnostic, false, true, independent, demand, multiplier,
                myDiscriminator, yourDiscriminator, desiredTransmit, requiredReceive,
                requiredEcho);
    }

    /** The same content but for the P and F bits, which alone are no reason to send at once. */
    boolean says(ControlPacket other) {
        return asFinal().equals(other.asFinal());
    }
}
