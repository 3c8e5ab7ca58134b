package io.siteswap.bgp.decode;

import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Keepalive;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.Notification;
import io.siteswap.bgp.wire.Open;
import io.siteswap.bgp.wire.RouteRefresh;
import io.siteswap.bgp.wire.Update;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The fields of a message by name. */
final class MessageJson {

    private MessageJson() {
    }

    static String typeName(int type) {
        return switch (type) {
            case Open.TYPE -> "OPEN";
            case Update.TYPE -> "UPDATE";
            case Notification.TYPE -> "NOTIFICATION";
            case Keepalive.TYPE -> "KEEPALIVE";
            case RouteRefresh.TYPE -> "ROUTE-REFRESH";
            default -> "TYPE_" + type;
        };
    }

    static void write(Message message, Map<String, Object> line) {
        switch (message) {
            case Open open -> open(open, line);
            case Update update -> update(update, line);
            case Notification notification -> notification(notification, line);
            case RouteRefresh refresh -> refresh(refresh, line);
            case Keepalive _ -> {
                // a header and nothing else
            }
        }
    }

    private static void open(Open open, Map<String, Object> line) {
        line.put("version", open.version());
        line.put("as", open.as());
        line.put("holdSeconds", open.holdSeconds());
        line.put("routerId", open.routerId().toString());
        line.put("capabilities",
                open.capabilities().stream().map(CapabilityJson::of).toList());
    }

    private static void update(Update update, Map<String, Object> line) {
        update.endsRib().ifPresent(family -> line.put("endOfRib", family(family.afi(), 1)));
        line.put("withdrawn", strings(update.withdrawn()));
        line.put("attributes", attributes(update.attributes()));
        line.put("announced", strings(update.announced()));
    }

    static Map<String, Object> attributes(Attributes attributes) {
        return AttributeJson.of(attributes);
    }

    private static void notification(Notification notification, Map<String, Object> line) {
        line.put("code", notification.code());
        line.put("subcode", notification.subcode());
        line.put("meaning", notification.describe());
        line.put("data", notification.data().toString());
    }

    private static void refresh(RouteRefresh refresh, Map<String, Object> line) {
        line.put("family", family(refresh.afi(), refresh.safi()));
        line.put("subtype", refresh.subtype());
        line.put("meaning", switch (refresh.subtype()) {
            case RouteRefresh.REQUEST -> "request";
            case RouteRefresh.BEGIN -> "begin";
            case RouteRefresh.END -> "end";
            default -> "unknown";
        });
    }

    /** {@code ipv4-unicast}, or the two numbers where we do not speak it. */
    static String family(int afi, int safi) {
        String protocol = afi == 1 ? "ipv4" : afi == 2 ? "ipv6" : "afi-" + afi;
        return protocol + "-"
                + (safi == 1 ? "unicast" : safi == 2 ? "multicast" : "safi-" + safi);
    }

    static List<String> strings(Collection<?> values) {
        return values.stream().map(Object::toString).toList();
    }
}
