package io.siteswap.lab.chaos;

import io.siteswap.lab.chaos.Fault.Touches;
import java.util.ArrayList;
import java.util.List;

/** Faults of whole machines: power, a full disk. */
final class Machines {

    private static final String FILL = "/var/lib/siteswap/.full";

    private Machines() {
    }

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        for (String site : Arena.SITES) {
            all.add(power(site));
            all.add(full(site, site + "-edge", Touches.GUARDING));
        }
        all.add(new Fault("power loss", "arb", Touches.OTHER,
                arena -> arena.powerOff(List.of("arb")),
                arena -> arena.powerOn(List.of("arb"))));
        all.add(full("arb", "arb", Touches.OTHER));
        return List.copyOf(all);
    }

    static Fault power(String site) {
        return new Fault("power loss", site, Touches.ANNOUNCEMENT,
                arena -> arena.powerOff(arena.lab().topology().nodesOf(site)),
                arena -> arena.powerOn(arena.lab().topology().nodesOf(site)));
    }

    private static Fault full(String target, String node, Touches touches) {
        return new Fault("disk full", target, touches,
                // Ends with an error when nothing more fits, which is what it is for.
                arena -> arena.exec(node, List.of("dd", "if=/dev/zero", "of=" + FILL, "bs=64k")),
                arena -> arena.exec(node, List.of("rm", "-f", FILL)));
    }
}
