package io.siteswap.lab.sim;

import io.siteswap.monitor.failover.Cluster;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What the cluster of a life is made of: two datacenters with a monitor each, and besides them mostly
 * one arbiter and one service, which keeps most lives cheap.
 *
 * @param arbiters sites that vote and look and run nothing
 */
record Shape(List<String> arbiters, List<String> services, Database.Kind database,
        Fencing fencing) {

    /** What takes the power from a datacenter that was lost. */
    enum Fencing {
        NONE("no fence devices"), //
        HELPFUL("fence devices"), //
        REQUIRED("required fence devices");

        private final String words;

        Fencing(String words) {
            this.words = words;
        }
    }

    static final List<String> DATACENTERS = List.of("dc1", "dc2");
    private static final Set<String> BOTH = Set.copyOf(DATACENTERS);
    static final Shape SMALL = new Shape(List.of(World.ARBITER), List.of(World.SHOP),
            Database.Kind.MARIADB, Fencing.NONE);

    private static final List<String> FIVE = List.of(World.ARBITER, "arb2", "arb3");
    private static final List<String> TWO = List.of(World.SHOP, World.BANK);
    private static final List<Database.Kind> KINDS = List.of(Database.Kind.values());
    /** One life in so many has five members, and one in so many two services. */
    private static final int SELDOM = 8;

    /** The shape of the life with this seed. */
    static Shape of(long seed) {
        // Not the life's own chance, of which neighbouring seeds' first numbers are alike.
        SplittableRandom random = new SplittableRandom(seed).split();
        return new Shape(random.nextInt(SELDOM) == 0 ? FIVE : SMALL.arbiters,
                random.nextInt(SELDOM) == 0 ? TWO : SMALL.services,
                KINDS.get(random.nextInt(KINDS.size())), fencing(random.nextInt(SELDOM)));
    }

    private static Fencing fencing(int chance) {
        return switch (chance) {
            case 0 -> Fencing.HELPFUL;
            case 1 -> Fencing.REQUIRED;
            default -> Fencing.NONE;
        };
    }

    List<String> sites() {
        List<String> all = new ArrayList<>(DATACENTERS);
        all.addAll(arbiters);
        return all;
    }

    /** Services start at opposite datacenters. */
    List<String> candidates(String service) {
        return service.equals(World.SHOP) ? DATACENTERS : DATACENTERS.reversed();
    }

    Cluster cluster(List<String> ladder, Mutation mutation) {
        return new Cluster(
                sites().stream().map(it -> new Fact.Site(it, arbiters.contains(it))).toList(),
                services.stream().map(it -> new Cluster.Service(it, candidates(it),
                        List.of(new Resource("db", Resource.Type.PROMOTABLE),
                                new Resource("app", Resource.Type.STARTABLE),
                                new Resource("lb", Resource.Type.ROUTABLE)),
                        Set.of(), fencing == Fencing.NONE ? Set.of() : BOTH,
                        fencing == Fencing.REQUIRED && mutation != Mutation.DEVICES_NOT_WAITED_FOR
                                ? BOTH
                                : Set.of()))
                        .toList(),
                ladder);
    }

    /** For the list of what lives have reached. */
    String words() {
        return sites().size() + " members, " + services.size()
                + (services.size() == 1 ? " service" : " services")
                + (fencing == Fencing.NONE ? "" : ", " + fencing.words);
    }
}
