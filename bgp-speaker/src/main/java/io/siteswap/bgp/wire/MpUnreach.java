package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** MP_UNREACH_NLRI (RFC 4760 section 4); without prefixes it ends the initial table. */
public record MpUnreach(Family family, List<Prefix> prefixes) implements Attribute {

    static final int TYPE = 15;

    static final AttributeCodec<MpUnreach> CODEC = new AttributeCodec<>(TYPE,
            "MP_UNREACH_NLRI", MpUnreach.class, AttributeCodec.OPTIONAL,
            Consequence.SESSION_RESET, 9, MpUnreach::read, MpUnreach::write);

    public MpUnreach {
        prefixes = List.copyOf(prefixes);
    }

    private static Parsed<MpUnreach> read(ByteBuffer in, Context context) {
        if (in.remaining() < 3) {
            return new Parsed.Malformed<>("MP_UNREACH_NLRI of " + in.remaining() + " octets.");
        }
        int afi = in.getShort() & 0xFFFF;
        int safi = in.get() & 0xFF;
        Optional<Family> family = Family.of(afi, safi);
        if (family.isEmpty()) {
            return new Parsed.Ignored<>("MP_UNREACH_NLRI of family " + afi + "/" + safi + ".");
        }
        return switch (Nlri.read(in, family.get())) {
            case Parsed.Value<List<Prefix>>(List<Prefix> prefixes) -> new Parsed.Value<>(
                    new MpUnreach(family.get(), prefixes));
            case Parsed.Malformed<List<Prefix>>(String reason) -> new Parsed.Malformed<>(reason);
            case Parsed.Ignored<List<Prefix>>(String reason) -> new Parsed.Ignored<>(reason);
        };
    }

    private static void write(MpUnreach unreach, ByteBuffer out, Context context) {
        out.putShort((short) unreach.family.afi()).put((byte) unreach.family.safi());
        Nlri.write(unreach.prefixes, out);
    }

    @Override
    public int type() {
        return TYPE;
    }
}
