package io.siteswap.bgp.wire;

import io.siteswap.bgp.wire.Capability.FourOctetAs;
import io.siteswap.bgp.wire.Capability.MultiProtocol;
import io.siteswap.bgp.wire.Capability.Refresh;
import io.siteswap.bgp.wire.Capability.Unknown;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Capabilities inside an optional parameter (RFC 5492 section 4). */
final class CapabilityCodec {

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
        if (code == MultiProtocol.CODE && value.remaining() == 4) {
            int afi = value.getShort() & 0xFFFF;
            value.get();
            return new MultiProtocol(afi, value.get() & 0xFF);
        }
        if (code == Refresh.CODE && !value.hasRemaining()) {
            return new Refresh();
        }
        if (code == FourOctetAs.CODE && value.remaining() == 4) {
            return new FourOctetAs(value.getInt() & 0xFFFF_FFFFL);
        }
        return new Unknown(code, Octets.read(value));
    }

    static void write(Capability capability, ByteBuffer out) {
        out.put((byte) capability.code());
        switch (capability) {
            case MultiProtocol mp -> out.put((byte) 4).putShort((short) mp.afi()).put((byte) 0)
                    .put((byte) mp.safi());
            case Refresh _ -> out.put((byte) 0);
            case FourOctetAs four -> out.put((byte) 4).putInt((int) four.as());
            case Unknown unknown -> {
                out.put((byte) unknown.value().length());
                unknown.value().write(out);
            }
        }
    }
}
