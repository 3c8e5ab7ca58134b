package io.siteswap.lab.chaos;

import io.siteswap.lab.chaos.Fault.Touches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Faults of the network: packets vanish without a word. nftables drops them in the router that
 * forwards them, or at a site's uplink.
 */
final class Links {

    private static final Map<String, String> NETS = Map.of("dc1", "198.18.1.0/24", "dc2",
            "198.18.2.0/24", "arb", "198.18.3.0/24");
    private static final Map<String, String> PROVIDERS = Map.of("dc1", "isp1", "dc2", "isp2");
    private static final String LOSS = "numgen random mod 3 < 1";
    private static final int FLAPS = 4;

    private Links() {
    }

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        for (String site : Arena.SITES) {
            String edge = site + "-edge";
            for (String other : NETS.keySet().stream().sorted().toList()) {
                if (!other.equals(site)) {
                    between(all, site, other);
                }
            }
            all.add(silent("uplink silent", site, edge, true, true));
            all.add(silent("uplink silent inwards", site, edge, true, false));
            all.add(silent("uplink silent outwards", site, edge, false, true));
            all.add(flapping(site, edge));
            all.add(table("provider drops the traffic", site, provider(site), "hole", """
                    chain hole {
                      type filter hook forward priority 0;
                      iifname "eth2" drop
                      oifname "eth2" drop
                    }
                    """, Touches.OTHER));
        }
        return List.copyOf(all);
    }

    private static String provider(String site) {
        return PROVIDERS.getOrDefault(site, "");
    }

    private static void between(List<Fault> all, String site, String other) {
        String there = "ip saddr " + NETS.get(site) + " ip daddr " + NETS.get(other);
        String back = "ip saddr " + NETS.get(other) + " ip daddr " + NETS.get(site);
        String pair = site + ">" + other;
        all.add(cut("nothing passes either way", pair, site, there + " drop\n" + back + " drop"));
        all.add(cut("nothing passes this way", pair, site, there + " drop"));
        all.add(cut("nothing passes that way", pair, site, back + " drop"));
        all.add(cut("a third of the packets is lost", pair, site,
                there + " " + LOSS + " drop\n" + back + " " + LOSS + " drop"));
    }

    private static Fault cut(String word, String pair, String site, String rules) {
        return table(word, pair, provider(site), "cut_" + pair.replace('>', '_') + "_"
                + word.replaceAll("[^a-z]", ""),
                "chain cut {\n type filter hook forward priority 0;\n" + rules + "\n}\n",
                Touches.OTHER);
    }

    private static Fault silent(String word, String site, String edge, boolean in, boolean out) {
        return table(word, site, edge, "uplink" + (in ? "_in" : "") + (out ? "_out" : ""),
                uplink(in, out), Touches.ANNOUNCEMENT);
    }

    private static String uplink(boolean in, boolean out) {
        return (in
                ? "chain in { type filter hook prerouting priority -300; iifname \"eth1\" drop; }\n"
                : "")
                + (out
                        ? "chain out { type filter hook postrouting priority -300;"
                                + " oifname \"eth1\" drop; }\n"
                        : "");
    }

    private static Fault flapping(String site, String edge) {
        Fault once = table("", site, edge, "flap", uplink(true, true), Touches.ANNOUNCEMENT);
        return new Fault("uplink flaps", site, Touches.ANNOUNCEMENT, arena -> {
            for (int i = 0; i < FLAPS; i++) {
                once.begin().on(arena);
                arena.pause();
                once.end().on(arena);
                arena.pause();
            }
        }, Fault.NOTHING);
    }

    private static Fault table(String word, String target, String node, String name, String chains,
            Touches touches) {
        return new Fault(word, target, touches,
                arena -> arena.lab().nft(node,
                        "table inet chaos_" + name + " {\n" + chains + "}\n"),
                arena -> remove(arena, node, name));
    }

    private static void remove(Arena arena, String node, String name) throws IOException {
        arena.lab().nft(node, "delete table inet chaos_" + name + "\n");
    }
}
