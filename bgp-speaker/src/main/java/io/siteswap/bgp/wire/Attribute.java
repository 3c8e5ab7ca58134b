package io.siteswap.bgp.wire;

/** A path attribute (RFC 4271 section 5); {@link AttributeTable} lists them all. */
public sealed interface Attribute permits Origin, AsPath, NextHop, MultiExitDisc, LocalPref,
        AtomicAggregate, Aggregator, Communities, ExtendedCommunities, LargeCommunities, MpReach,
        MpUnreach, As4Path, As4Aggregator, OnlyToCustomer, OriginatorId, ClusterList,
        UnknownAttribute {

    /** The type octet. */
    int type();
}
