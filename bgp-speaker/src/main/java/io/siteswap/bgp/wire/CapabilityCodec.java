package io.siteswap.bgp.wire;

import io.siteswap.bgp.wire.Capability.AddPath;
import io.siteswap.bgp.wire.Capability.BfdStrict;
import io.siteswap.bgp.wire.Capability.EnhancedRefresh;
import io.siteswap.bgp.wire.Capability.ExtendedMessage;
import io.siteswap.bgp.wire.Capability.ExtendedNextHop;
import io.siteswap.bgp.wire.Capability.FourOctetAs;
import io.siteswap.bgp.wire.Capability.GracefulRestart;
import io.siteswap.bgp.wire.Capability.LongLivedRestart;
import io.siteswap.bgp.wire.Capability.MultiProtocol;
import io.siteswap.bgp.wire.Capability.Refresh;
import io.siteswap.bgp.wire.Capability.Role;
import io.siteswap.bgp.wire.Capability.Unknown;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Capabilities inside an optional parameter (RFC 5492 section 4). */
final class CapabilityCodec {

    private static final int RESTARTING = 0x8000;
    private static final int NOTIFICATION = 0x4000;
    private static final int FORWARDING = 0x80;
    private static final int RECEIVE = 1;
    private static final int SEND = 2;

    private CapabilityCodec() {
    }

    static Parsed<List<Capability>> readAll(ByteBuffer in) {
        List<Capability> all = new ArrayList<>();
        while (in.hasRemaining()) {
            if (in.remaining() < 2) {
                return new Parsed.Malformed<>("A capability without a length.");
            }
            int code = in.get() & 0xFF;
            int length = in.get() & 0xFF;
            if (length > in.remaining()) {
                return new Parsed.Malformed<>("Capability " + code + " of " + length
                        + " octets ends after " + in.remaining() + ".");
            }
            all.add(read(code, in.slice(in.position(), length)));
            in.position(in.position() + length);
        }
        return new Parsed.Value<>(all);
    }

    /** A known code with a length it cannot have is kept as unknown, so it has no effect. */
    private static Capability read(int code, ByteBuffer value) {
        return known(code, value.duplicate())
                .orElseGet(() -> new Unknown(code, Octets.read(value)));
    }

    /** One row per capability; empty where code or length are none of ours. */
    private static Optional<Capability> known(int code, ByteBuffer in) {
        int length = in.remaining();
        return switch (code) {
            case MultiProtocol.CODE -> when(length == 4,
                    () -> new MultiProtocol(afi(in), in.getShort() & 0xFF));
            case Refresh.CODE -> when(length == 0, Refresh::new);
            case ExtendedNextHop.CODE -> when(length % 6 == 0, () -> nextHops(in));
            case ExtendedMessage.CODE -> when(length == 0, ExtendedMessage::new);
            case Role.CODE -> when(length == 1, () -> new Role(in.get() & 0xFF));
            case GracefulRestart.CODE -> when(length % 4 == 2, () -> restart(in));
            case FourOctetAs.CODE -> when(length == 4,
                    () -> new FourOctetAs(in.getInt() & 0xFFFF_FFFFL));
            case AddPath.CODE -> when(length % 4 == 0, () -> addPath(in));
            case EnhancedRefresh.CODE -> when(length == 0, EnhancedRefresh::new);
            case LongLivedRestart.CODE -> when(length % 7 == 0, () -> longLived(in));
            case BfdStrict.CODE -> when(length == 0, BfdStrict::new);
            default -> Optional.empty();
        };
    }

    private static Optional<Capability> when(boolean fits, Supplier<Capability> read) {
        return fits ? Optional.of(read.get()) : Optional.empty();
    }

    private static int afi(ByteBuffer in) {
        return in.getShort() & 0xFFFF;
    }

    /** RFC 8950 section 4: the SAFI takes two octets here. */
    private static Capability nextHops(ByteBuffer in) {
        List<ExtendedNextHop.Hop> hops = new ArrayList<>();
        while (in.hasRemaining()) {
            hops.add(new ExtendedNextHop.Hop(afi(in), in.getShort() & 0xFFFF, afi(in)));
        }
        return new ExtendedNextHop(hops);
    }

    private static Capability restart(ByteBuffer in) {
        int flagsAndTime = in.getShort() & 0xFFFF;
        List<GracefulRestart.Kept> families = new ArrayList<>();
        while (in.hasRemaining()) {
            families.add(new GracefulRestart.Kept(afi(in), in.get() & 0xFF,
                    (in.get() & FORWARDING) != 0));
        }
        return new GracefulRestart((flagsAndTime & RESTARTING) != 0,
                (flagsAndTime & NOTIFICATION) != 0, flagsAndTime & GracefulRestart.MAX_SECONDS,
                families);
    }

    /** RFC 7911 section 4: a family with any other value than 1, 2 or 3 is ignored. */
    private static Capability addPath(ByteBuffer in) {
        List<AddPath.Paths> families = new ArrayList<>();
        while (in.hasRemaining()) {
            int afi = afi(in);
            int safi = in.get() & 0xFF;
            int mode = in.get() & 0xFF;
            if (mode >= RECEIVE && mode <= (RECEIVE | SEND)) {
                families.add(new AddPath.Paths(afi, safi, (mode & RECEIVE) != 0,
                        (mode & SEND) != 0));
            }
        }
        return new AddPath(families);
    }

    private static Capability longLived(ByteBuffer in) {
        List<LongLivedRestart.Stale> families = new ArrayList<>();
        while (in.hasRemaining()) {
            int afi = afi(in);
            int safi = in.get() & 0xFF;
            boolean forwarding = (in.get() & FORWARDING) != 0;
            int seconds = (in.get() & 0xFF) << 16 | (in.getShort() & 0xFFFF);
            families.add(new LongLivedRestart.Stale(afi, safi, forwarding, seconds));
        }
        return new LongLivedRestart(families);
    }

    /** Code, length and value. */
    static void write(Capability capability, ByteBuffer out) {
        out.put((byte) capability.code());
        int length = out.position();
        out.put((byte) 0);
        writeValue(capability, out);
        out.put(length, (byte) (out.position() - length - 1));
    }

    private static void writeValue(Capability capability, ByteBuffer out) {
        switch (capability) {
            case MultiProtocol(int afi, int safi) -> out.putShort((short) afi)
                    .putShort((short) safi);
            case FourOctetAs(long as) -> out.putInt((int) as);
            case Role(int value) -> out.put((byte) value);
            case ExtendedNextHop(List<ExtendedNextHop.Hop> hops) -> hops
                    .forEach(h -> out.putShort((short) h.afi()).putShort((short) h.safi())
                            .putShort((short) h.nextHopAfi()));
            case GracefulRestart restart -> write(restart, out);
            case AddPath(List<AddPath.Paths> families) -> families.forEach(
                    f -> family(f.afi(), f.safi(), out).put((byte) ((f.receive() ? RECEIVE : 0)
                            | (f.send() ? SEND : 0))));
            case LongLivedRestart(List<LongLivedRestart.Stale> families) -> families
                    .forEach(f -> family(f.afi(), f.safi(), out)
                            .putInt((f.forwarding() ? FORWARDING : 0) << 24
                                    | (f.staleSeconds() & LongLivedRestart.MAX_SECONDS)));
            case Unknown(int _, Octets value) -> value.write(out);
            case Refresh _,ExtendedMessage _,EnhancedRefresh _,BfdStrict _ -> {
                // being there is all it says
            }
        }
    }

    private static void write(GracefulRestart restart, ByteBuffer out) {
        out.putShort((short) ((restart.restarting() ? RESTARTING : 0)
                | (restart.notification() ? NOTIFICATION : 0)
                | (restart.restartSeconds() & GracefulRestart.MAX_SECONDS)));
        restart.families().forEach(f -> family(f.afi(), f.safi(), out)
                .put((byte) (f.forwarding() ? FORWARDING : 0)));
    }

    private static ByteBuffer family(int afi, int safi, ByteBuffer out) {
        return out.putShort((short) afi).put((byte) safi);
    }
}
