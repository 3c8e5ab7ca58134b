package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * MP_REACH_NLRI (RFC 4760 section 3).
 *
 * @param linkLocal second next hop of IPv6 (RFC 2545 section 3)
 */
public record MpReach(Family family, Address nextHop, Optional<Address> linkLocal,
        List<Prefix> prefixes) implements Attribute {

    static final int TYPE = 14;

    static final AttributeCodec<MpReach> CODEC = new AttributeCodec<>(TYPE, "MP_REACH_NLRI",
            MpReach.class, AttributeCodec.OPTIONAL, Consequence.SESSION_RESET, 9, MpReach::read,
            MpReach::write);

    public MpReach {
        prefixes = List.copyOf(prefixes);
    }

    /**
     * The next hop as a neighbour is told it. Where our end of the session is a link-local address,
     * the neighbour shares the link and gets that address beside the global one, or in its place
     * when there is none; where a packet goes through another host than us, it does not (RFC 2545
     * section 3).
     *
     * @param hop of another family than the prefixes for IPv4 over IPv6 (RFC 8950)
     * @param ours our own addresses at this neighbour
     */
    public static MpReach via(Family family, Address hop, List<Address> ours) {
        Optional<Address> linkLocal = ours.contains(hop)
                && hop.family() == Family.IPV6_UNICAST
                        ? ours.stream().filter(Address::isLinkLocal).findFirst()
                        : Optional.empty();
        return new MpReach(family, hop, linkLocal, List.of());
    }

    /** Where packets go: the global next hop, or the link-local one where there is no other. */
    public Address hop() {
        return nextHop.isUnspecified() ? linkLocal.orElse(nextHop) : nextHop;
    }

    private static Parsed<MpReach> read(ByteBuffer in, Context context) {
        if (in.remaining() < 5) {
            return new Parsed.Malformed<>("MP_REACH_NLRI of " + in.remaining() + " octets.");
        }
        int afi = in.getShort() & 0xFFFF;
        int safi = in.get() & 0xFF;
        int hopLength = in.get() & 0xFF;
        if (hopLength + 1 > in.remaining()) {
            return new Parsed.Malformed<>("MP_REACH_NLRI ends inside its next hop.");
        }
        ByteBuffer hop = in.slice(in.position(), hopLength);
        in.position(in.position() + hopLength + 1);
        Optional<Family> family = Family.of(afi, safi);
        if (family.isEmpty()) {
            return new Parsed.Ignored<>("MP_REACH_NLRI of family " + afi + "/" + safi + ".");
        }
        return read(in, family.get(), hop, context.extendedNextHop());
    }

    private static Parsed<MpReach> read(ByteBuffer in, Family family, ByteBuffer hop,
            Set<Family> extended) {
        int length = hop.remaining();
        boolean fits = switch (family) {
            case IPV4_UNICAST -> length == 4 || (extended.contains(family) && isSix(length));
            case IPV6_UNICAST -> isSix(length);
        };
        if (!fits) {
            return new Parsed.Malformed<>("MP_REACH_NLRI with a next hop of " + length
                    + " octets.");
        }
        Address nextHop = length == 4
                ? Address.v4(hop.getInt())
                : Address.v6(hop.getLong(), hop.getLong());
        Optional<Address> linkLocal = hop.hasRemaining()
                ? Optional.of(Address.v6(hop.getLong(), hop.getLong()))
                : Optional.empty();
        return switch (Nlri.read(in, family)) {
            case Parsed.Value<List<Prefix>>(List<Prefix> prefixes) -> new Parsed.Value<>(
                    new MpReach(family, nextHop, linkLocal, prefixes));
            case Parsed.Malformed<List<Prefix>>(String reason) -> new Parsed.Malformed<>(reason);
            case Parsed.Ignored<List<Prefix>>(String reason) -> new Parsed.Ignored<>(reason);
        };
    }

    /** A global next hop, or that and a link-local one (RFC 2545, RFC 8950). */
    private static boolean isSix(int length) {
        return length == 16 || length == 32;
    }

    private static void write(MpReach reach, ByteBuffer out, Context context) {
        out.putShort((short) reach.family.afi()).put((byte) reach.family.safi());
        int length = reach.nextHop.octets() + reach.linkLocal.map(Address::octets).orElse(0);
        out.put((byte) length);
        reach.nextHop.write(out);
        reach.linkLocal.ifPresent(address -> address.write(out));
        out.put((byte) 0);
        Nlri.write(reach.prefixes, out);
    }

    @Override
    public int type() {
        return TYPE;
    }
}
