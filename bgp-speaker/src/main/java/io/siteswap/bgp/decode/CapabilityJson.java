package io.siteswap.bgp.decode;

import io.siteswap.bgp.wire.BgpRole;
import io.siteswap.bgp.wire.Capability;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Capabilities by name. */
final class CapabilityJson {

    private CapabilityJson() {
    }

    static Map<String, Object> of(Capability capability) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", capability.code());
        json.put("name", name(capability));
        switch (capability) {
            case Capability.MultiProtocol mp -> json.put("family",
                    MessageJson.family(mp.afi(), mp.safi()));
            case Capability.FourOctetAs four -> json.put("as", four.as());
            case Capability.Role role -> json.put("role",
                    role.role().map(BgpRole::name).orElse(String.valueOf(role.value()))
                            .toLowerCase(Locale.ROOT).replace('_', '-'));
            case Capability.GracefulRestart restart -> restart(restart, json);
            case Capability.LongLivedRestart restart -> json.put("families",
                    restart.families().stream().map(CapabilityJson::stale).toList());
            case Capability.AddPath paths -> json.put("families",
                    paths.families().stream().map(CapabilityJson::paths).toList());
            case Capability.ExtendedNextHop hops -> json.put("families", hops.hops().stream()
                    .map(h -> MessageJson.family(h.afi(), h.safi()) + " by "
                            + (h.nextHopAfi() == 2 ? "ipv6" : "afi-" + h.nextHopAfi()))
                    .toList());
            case Capability.Unknown unknown -> json.put("hex", unknown.value().toString());
            case Capability.Refresh _,Capability.ExtendedMessage _,Capability.EnhancedRefresh _,Capability.BfdStrict _ -> {
                // being there is all it says
            }
        }
        return json;
    }

    private static String name(Capability capability) {
        return switch (capability) {
            case Capability.MultiProtocol _ -> "multiprotocol";
            case Capability.Refresh _ -> "route-refresh";
            case Capability.ExtendedNextHop _ -> "extended-next-hop";
            case Capability.ExtendedMessage _ -> "extended-message";
            case Capability.Role _ -> "role";
            case Capability.GracefulRestart _ -> "graceful-restart";
            case Capability.FourOctetAs _ -> "four-octet-as";
            case Capability.AddPath _ -> "add-path";
            case Capability.EnhancedRefresh _ -> "enhanced-route-refresh";
            case Capability.LongLivedRestart _ -> "long-lived-graceful-restart";
            case Capability.BfdStrict _ -> "bfd-strict";
            case Capability.Unknown _ -> "unknown";
        };
    }

    private static void restart(Capability.GracefulRestart restart, Map<String, Object> json) {
        json.put("restarting", restart.restarting());
        json.put("notification", restart.notification());
        json.put("restartSeconds", restart.restartSeconds());
        json.put("families", restart.families().stream().map(kept -> {
            Map<String, Object> family = family(kept.afi(), kept.safi());
            family.put("forwarding", kept.forwarding());
            return family;
        }).toList());
    }

    private static Map<String, Object> stale(Capability.LongLivedRestart.Stale stale) {
        Map<String, Object> family = family(stale.afi(), stale.safi());
        family.put("forwarding", stale.forwarding());
        family.put("staleSeconds", stale.staleSeconds());
        return family;
    }

    private static Map<String, Object> paths(Capability.AddPath.Paths paths) {
        Map<String, Object> family = family(paths.afi(), paths.safi());
        family.put("receive", paths.receive());
        family.put("send", paths.send());
        return family;
    }

    private static Map<String, Object> family(int afi, int safi) {
        Map<String, Object> family = new LinkedHashMap<>();
        family.put("family", MessageJson.family(afi, safi));
        return family;
    }
}
