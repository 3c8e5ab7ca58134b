package io.siteswap.policy.detection;

import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Health;
import java.util.ArrayList;
import java.util.List;

/**
 * What the sites of a cluster see, as marks: {@code +} good, {@code -} bad, {@code ?} not known, and
 * {@code ~} slow. A string has its marks in the order that its component names.
 *
 * @param holder of the service, dc1 or dc2
 * @param hears 1>2, 2>1, a>1, a>2, 1>a, 2>a
 * @param doors dc1's from 2 and a, dc2's from 1 and a
 * @param paths 1>2 direct, 1>2 internet, 2>1 direct, 2>1 internet
 * @param clients served at 2 and at a
 * @param databases at 1 and 2
 * @param apps the two application servers at 1; standbys keep theirs stopped
 * @param lease {@code runs}, {@code lapsed} or {@code lapsed, guarded}
 */
record Vantage(String holder, String hears, String doors, String paths, String clients,
        String databases, String apps, String lease) {

    static final String RUNS = "runs";
    static final String LAPSED = "lapsed";
    static final String GUARDED = "lapsed, guarded";

    private static final String[][] HEARS = {{"dc1", "dc2"}, {"dc2", "dc1"}, {"arb", "dc1"},
            {"arb", "dc2"}, {"dc1", "arb"}, {"dc2", "arb"}};
    private static final String[] PATHS = {"direct", "internet"};
    private static final String[][] DOORS = {{"dc2", "dc1"}, {"arb", "dc1"}, {"dc1", "dc2"},
            {"arb", "dc2"}};

    static Vantage healthy() {
        return new Vantage("dc1", "++++++", "++++", "++++", "++", "++", "++", RUNS);
    }

    /** The same world with the names of the two sites exchanged: dc2 holds. */
    List<Fact> mirrored() {
        return facts().stream().map(Mirror::of).toList();
    }

    List<Fact> facts() {
        String standby = holder.equals("dc1") ? "dc2" : "dc1";
        List<Fact> facts = new ArrayList<>(List.of(new Fact.Site("dc1", false),
                new Fact.Site("dc2", false), new Fact.Site("arb", true),
                new Fact.Candidate("shop", "dc1", 0), new Fact.Candidate("shop", "dc2", 1),
                new Fact.Holder("shop", holder, 7)));
        for (int i = 0; i < HEARS.length; i++) {
            facts.add(new Fact.Heartbeat(HEARS[i][0], HEARS[i][1], health(hears, i)));
        }
        for (int i = 0; i < PATHS.length; i++) {
            facts.add(new Fact.Path("dc1", "dc2", PATHS[i], health(paths, i)));
            facts.add(new Fact.Path("dc2", "dc1", PATHS[i], health(paths, PATHS.length + i)));
        }
        for (int i = 0; i < DOORS.length; i++) {
            facts.add(new Fact.Outside(DOORS[i][0], "shop", DOORS[i][1], health(doors, i)));
        }
        facts.add(new Fact.Client("dc2", "shop", health(clients, 0), slow(clients, 0)));
        facts.add(new Fact.Client("arb", "shop", health(clients, 1), slow(clients, 1)));
        facts.add(new Fact.AppServer("shop", holder, "app1", health(apps, 0)));
        facts.add(new Fact.AppServer("shop", holder, "app2", health(apps, 1)));
        facts.add(new Fact.AppServer("shop", standby, "app1", Health.DOWN));
        facts.add(new Fact.AppServer("shop", standby, "app2", Health.DOWN));
        int own = holder.equals("dc1") ? 0 : 1;
        boolean works = databases.charAt(own) == '+';
        facts.add(new Fact.Database("shop", holder, "db", health(databases, own), works));
        facts.add(new Fact.Database("shop", standby, "db", health(databases, 1 - own), false));
        facts.add(new Fact.Replication("shop", standby, "db", works, 0));
        facts.add(new Fact.LoadBalancer("shop", "dc1", Health.UP));
        facts.add(new Fact.LoadBalancer("shop", "dc2", Health.UP));
        facts.add(new Fact.Announcement("shop", holder, "normal", true));
        facts.add(new Fact.Announcement("shop", standby, "backup", true));
        if (!lease.equals(RUNS)) {
            facts.add(new Fact.Lapsed("shop", holder, lease.equals(GUARDED)));
        }
        return List.copyOf(facts);
    }

    private static Health health(String marks, int at) {
        return switch (marks.charAt(at)) {
            case '+', '~' -> Health.UP;
            case '-' -> Health.DOWN;
            case '?' -> Health.UNKNOWN;
            default -> throw new IllegalArgumentException("no mark: '" + marks.charAt(at)
                    + "' in " + marks);
        };
    }

    private static boolean slow(String marks, int at) {
        return marks.charAt(at) == '~';
    }
}
