package io.siteswap.bgp.decode;

import io.siteswap.bgp.wire.Aggregator;
import io.siteswap.bgp.wire.As4Aggregator;
import io.siteswap.bgp.wire.As4Path;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.AtomicAggregate;
import io.siteswap.bgp.wire.Attribute;
import io.siteswap.bgp.wire.AttributeTable;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.ClusterList;
import io.siteswap.bgp.wire.Communities;
import io.siteswap.bgp.wire.ExtendedCommunities;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.LargeCommunities;
import io.siteswap.bgp.wire.LocalPref;
import io.siteswap.bgp.wire.MpReach;
import io.siteswap.bgp.wire.MpUnreach;
import io.siteswap.bgp.wire.MultiExitDisc;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.OnlyToCustomer;
import io.siteswap.bgp.wire.Origin;
import io.siteswap.bgp.wire.OriginatorId;
import io.siteswap.bgp.wire.UnknownAttribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Attributes by name. */
final class AttributeJson {

    private AttributeJson() {
    }

    static Map<String, Object> of(Attributes attributes) {
        Map<String, Object> json = new LinkedHashMap<>();
        List<Object> unknown = new ArrayList<>();
        for (Attribute attribute : attributes.list()) {
            put(attribute, json, unknown);
        }
        if (!unknown.isEmpty()) {
            json.put("unknown", unknown);
        }
        return json;
    }

    private static void put(Attribute attribute, Map<String, Object> json,
            List<Object> unknown) {
        switch (attribute) {
            case Origin origin -> json.put("origin",
                    origin.source().name().toLowerCase(Locale.ROOT));
            case AsPath path -> json.put("asPath", path(path));
            case NextHop hop -> json.put("nextHop", hop.address().toString());
            case MultiExitDisc med -> json.put("med", med.value());
            case LocalPref pref -> json.put("localPref", pref.value());
            case AtomicAggregate _ -> json.put("atomicAggregate", true);
            case Aggregator by -> json.put("aggregator", aggregator(by.as(), by.router()));
            case Communities all -> json.put("communities", MessageJson.strings(all.values()));
            case ExtendedCommunities all -> json.put("extendedCommunities",
                    MessageJson.strings(all.values()));
            case LargeCommunities all -> json.put("largeCommunities",
                    MessageJson.strings(all.values()));
            case OriginatorId id -> json.put("originatorId", id.router().toString());
            case ClusterList list -> json.put("clusterList",
                    MessageJson.strings(list.clusters()));
            case OnlyToCustomer otc -> json.put("onlyToCustomer", otc.as());
            case MpReach reach -> json.put("mpReach", reach(reach));
            case MpUnreach gone -> json.put("mpUnreach", unreach(gone));
            case As4Path path -> json.put("as4Path", path(path.path()));
            case As4Aggregator by -> json.put("as4Aggregator",
                    aggregator(by.as(), by.router()));
            case UnknownAttribute other -> unknown.add(unknown(other));
        }
    }

    /** Numbers from the nearest to the origin; a set is a list inside. */
    private static List<Object> path(AsPath path) {
        List<Object> numbers = new ArrayList<>();
        for (AsPath.Segment segment : path.segments()) {
            switch (segment.kind()) {
                case SEQUENCE -> numbers.addAll(segment.numbers());
                case SET -> numbers.add(segment.numbers());
            }
        }
        return numbers;
    }

    private static Map<String, Object> aggregator(long as, Object router) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("as", as);
        json.put("router", router.toString());
        return json;
    }

    private static Map<String, Object> reach(MpReach reach) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("family", family(reach.family()));
        json.put("nextHop", reach.nextHop().toString());
        reach.linkLocal().ifPresent(local -> json.put("linkLocal", local.toString()));
        json.put("prefixes", MessageJson.strings(reach.prefixes()));
        return json;
    }

    private static Map<String, Object> unreach(MpUnreach gone) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("family", family(gone.family()));
        json.put("prefixes", MessageJson.strings(gone.prefixes()));
        return json;
    }

    private static String family(Family family) {
        return MessageJson.family(family.afi(), family.safi());
    }

    private static Map<String, Object> unknown(UnknownAttribute attribute) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", attribute.type());
        json.put("name", AttributeTable.name(attribute.type()));
        json.put("flags", attribute.flags());
        json.put("hex", attribute.value().toString());
        return json;
    }
}
