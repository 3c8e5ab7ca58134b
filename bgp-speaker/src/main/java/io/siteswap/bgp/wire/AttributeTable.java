package io.siteswap.bgp.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All attributes this speaker understands: a new one is a file and a line here. */
public final class AttributeTable {

    static final List<AttributeCodec<?>> ROWS = List.of(Origin.CODEC, AsPath.CODEC,
            NextHop.CODEC, MultiExitDisc.CODEC, LocalPref.CODEC, AtomicAggregate.CODEC,
            Aggregator.CODEC, Communities.CODEC, OriginatorId.CODEC, ClusterList.CODEC,
            MpReach.CODEC, MpUnreach.CODEC,
            ExtendedCommunities.CODEC, As4Path.CODEC, As4Aggregator.CODEC,
            LargeCommunities.CODEC, OnlyToCustomer.CODEC);

    private static final List<Optional<AttributeCodec<?>>> BY_TYPE = byType();

    private AttributeTable() {
    }

    static Optional<AttributeCodec<?>> find(int type) {
        return BY_TYPE.get(type);
    }

    /** As in the RFC that defines it, or {@code ATTRIBUTE_nnn} where it is none of ours. */
    public static String name(int type) {
        return find(type).map(AttributeCodec::name).orElseGet(() -> switch (type) {
            case 22 -> "PMSI_TUNNEL";
            case 23 -> "TUNNEL_ENCAPSULATION";
            case 26 -> "AIGP";
            case 29 -> "BGP_LS";
            case 33 -> "BGPSEC_PATH";
            case 40 -> "PREFIX_SID";
            case 128 -> "ATTR_SET";
            default -> "ATTRIBUTE_" + type;
        });
    }

    /** Whether its length depends on {@link Context#fourOctetAs}. */
    public static boolean dependsOnAsOctets(int type) {
        return type == AsPath.TYPE || type == Aggregator.TYPE;
    }

    /** OPTIONAL and TRANSITIVE as it must have them; empty where it is none of ours. */
    public static Optional<Integer> flags(int type) {
        return find(type).map(AttributeCodec::flags);
    }

    private static List<Optional<AttributeCodec<?>>> byType() {
        List<Optional<AttributeCodec<?>>> byType = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            byType.add(Optional.empty());
        }
        ROWS.forEach(row -> byType.set(row.type(), Optional.of(row)));
        return List.copyOf(byType);
    }
}
