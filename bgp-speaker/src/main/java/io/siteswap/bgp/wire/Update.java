package io.siteswap.bgp.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * UPDATE (RFC 4271 section 4.3). Routes of other families stand in the attributes
 * {@link MpReach} and {@link MpUnreach}.
 */
public record Update(List<Prefix> withdrawn, Attributes attributes, List<Prefix> announced,
        PathIds pathIds) implements Message {

    public static final int TYPE = 2;

    public Update {
        withdrawn = List.copyOf(withdrawn);
        announced = List.copyOf(announced);
    }

    /** Without path identifiers. */
    public Update(List<Prefix> withdrawn, Attributes attributes, List<Prefix> announced) {
        this(withdrawn, attributes, announced, PathIds.NONE);
    }

    public Update with(PathIds ids) {
        return new Update(withdrawn, attributes, announced, ids);
    }

    /** The identifiers only where there are some. */
    @Override
    public String toString() {
        return "Update[withdrawn=" + withdrawn + ", attributes=" + attributes + ", announced="
                + announced + (pathIds.equals(PathIds.NONE) ? "]" : ", pathIds=" + pathIds + "]");
    }

    /** The marker after the initial table (RFC 4724 section 2). */
    public static Update endOfRib(Family family) {
        return switch (family) {
            case IPV4_UNICAST -> new Update(List.of(), Attributes.NONE, List.of());
            case IPV6_UNICAST -> new Update(List.of(),
                    Attributes.of(new MpUnreach(family, List.of())), List.of());
        };
    }

    /** The family whose initial table ends here, if this is such a marker. */
    public Optional<Family> endsRib() {
        if (!withdrawn.isEmpty() || !announced.isEmpty()) {
            return Optional.empty();
        }
        if (attributes.list().isEmpty()) {
            return Optional.of(Family.IPV4_UNICAST);
        }
        return attributes.list().size() == 1
                ? attributes.find(MpUnreach.class).filter(m -> m.prefixes().isEmpty())
                        .map(MpUnreach::family)
                : Optional.empty();
    }

    /** Withdrawn prefixes of all families. */
    public List<Prefix> allWithdrawn() {
        List<Prefix> all = new ArrayList<>(withdrawn);
        for (Attribute attribute : attributes.list()) {
            // More than one when an MP_REACH had to be treated as withdrawn.
            if (attribute instanceof MpUnreach unreach) {
                all.addAll(unreach.prefixes());
            }
        }
        return all;
    }

    /** Announced prefixes of all families. */
    public List<Prefix> allAnnounced() {
        List<Prefix> all = new ArrayList<>(announced);
        attributes.find(MpReach.class).ifPresent(m -> all.addAll(m.prefixes()));
        return all;
    }

    @Override
    public int type() {
        return TYPE;
    }
}
