package io.siteswap.lab.demo;

import java.util.Arrays;
import java.util.Locale;

/** What the demo can break, and what must come of it. */
enum Scenario {
    DC1_POWER_LOSS("kill -9 of everything in dc1; its links fall silent", true), APP_SERVER_DOWN(
            "kill -9 of one application server in dc1; nothing may move", false), SITE_PARTITION(
                    "dc1 loses dc2 and the arbiter, but not the Internet, and must fence itself",
                    true), PLANNED_SWITCHOVER("an operator swaps the roles", true), FAILBACK(
                            "after a power loss dc1 comes back, is rebuilt, and an operator swaps back",
                            true), LEADER_KILLED(
                                    "dc1's database and applications die, and then the leading monitor, too",
                                    true);

    private final String what;
    private final boolean moves;

    Scenario(String what, boolean moves) {
        this.what = what;
        this.moves = moves;
    }

    String what() {
        return what;
    }

    /** Does the service move, so that there are times to measure? */
    boolean moves() {
        return moves;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Scenario of(String text) {
        return Arrays.stream(values()).filter(it -> it.toString().equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text
                        + "' is not one of " + Arrays.toString(values())));
    }
}
