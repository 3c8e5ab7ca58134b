package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** CLUSTER_LIST (RFC 4456 section 8): the reflectors a route has passed, the latest first. */
public record ClusterList(List<Address> clusters) implements Attribute {

    static final int TYPE = 10;

    static final AttributeCodec<ClusterList> CODEC = new AttributeCodec<>(TYPE, "CLUSTER_LIST",
            ClusterList.class, AttributeCodec.OPTIONAL, Consequence.TREAT_AS_WITHDRAW, 5,
            ClusterList::read, (list, out, _) -> list.clusters.forEach(id -> id.write(out)));

    public ClusterList {
        clusters = List.copyOf(clusters);
    }

    private static Parsed<ClusterList> read(ByteBuffer in, Context context) {
        if (context.external()) {
            // RFC 7606 section 7.10: from another AS it is dropped whatever it holds.
            return new Parsed.Ignored<>("CLUSTER_LIST from another AS.");
        }
        if (in.remaining() == 0 || in.remaining() % 4 != 0) {
            return new Parsed.Malformed<>("CLUSTER_LIST of " + in.remaining() + " octets.");
        }
        List<Address> clusters = new ArrayList<>(in.remaining() / 4);
        while (in.hasRemaining()) {
            clusters.add(Address.v4(in.getInt()));
        }
        return new Parsed.Value<>(new ClusterList(clusters));
    }

    @Override
    public int type() {
        return TYPE;
    }
}
