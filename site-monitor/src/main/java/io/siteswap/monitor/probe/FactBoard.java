package io.siteswap.monitor.probe;

import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.health.Hysteresis;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Health;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Observations of one node made into its complete list of facts. Pure; one caller at a time. */
public final class FactBoard {

    /** A standby this little behind counts as up to date: promotion drains it anyway. */
    private static final long LAG_STEP_MILLIS = 100;

    private final String site;
    /** In the order of the first observation of each; every thing is on the board from the start. */
    private final Map<Thing, Seen> board = new LinkedHashMap<>();
    private List<Fact> last;

    /** Identity of what is observed. */
    private record Thing(Class<? extends Observation> kind, String group, String name) {
        static Thing of(Observation o) {
            return switch (o) {
                case Observation.Heartbeat h -> new Thing(h.getClass(), h.site(),
                        h.node() + " " + h.path());
                case Observation.Outside x -> new Thing(x.getClass(), x.service(), x.site());
                case Observation.Client c -> new Thing(c.getClass(), c.service(), "");
                case Observation.AppServer a -> new Thing(a.getClass(), a.service(), a.name());
                case Observation.Database d -> new Thing(d.getClass(), d.service(), d.resource());
                case Observation.LoadBalancer l -> new Thing(l.getClass(), l.service(), "");
                case Observation.Announcement a -> new Thing(a.getClass(), a.service(), "");
            };
        }
    }

    /**
     * @param pace DOWN: the good answers of late were slow ones
     * @param known the newest good observation, else the first one
     */
    private record Seen(Hysteresis hysteresis, Hysteresis pace, Observation known) {
        Seen next(Observation o) {
            return new Seen(hysteresis.observe(o.good()),
                    o instanceof Observation.Client c && c.good() ? pace.observe(!c.slow()) : pace,
                    o.good() ? o : known);
        }

        Health health() {
            return hysteresis.health();
        }
    }

    private FactBoard(String site, int rise, int fall, List<Observation> things) {
        this.site = site;
        for (Observation thing : things) {
            board.put(Thing.of(thing), new Seen(Hysteresis.of(rise, fall),
                    Hysteresis.of(rise, fall), thing));
        }
        this.last = assemble();
    }

    /** A board on which everything that the node watches is still unknown. */
    public static FactBoard of(ClusterConfig config, String node) {
        List<Observation> things = Probes.of(config, node).stream()
                .map(it -> it.probe().bad("not probed yet")).toList();
        return new FactBoard(Probes.node(config, node).site(), config.timing().rise(),
                config.timing().fall(), things);
    }

    /** Takes an observation in; returns the complete new list when a fact has changed. */
    public Optional<List<Fact>> see(Observation observation) {
        board.computeIfPresent(Thing.of(observation), (thing, seen) -> seen.next(observation));
        List<Fact> now = assemble();
        if (now.equals(last)) {
            return Optional.empty();
        }
        last = now;
        return Optional.of(now);
    }

    /** The complete list as it stands. */
    public List<Fact> facts() {
        return last;
    }

    private List<Fact> assemble() {
        List<Fact> facts = new ArrayList<>();
        Map<String, Map<String, Health>> heard = new LinkedHashMap<>();
        for (Seen seen : board.values()) {
            switch (seen.known()) {
                case Observation.Heartbeat h ->
                    heard.computeIfAbsent(h.site(), _ -> new LinkedHashMap<>())
                            .merge(h.path(), seen.health(), FactBoard::anyOf);
                case Observation.Outside o ->
                    facts.add(new Fact.Outside(site, o.service(), o.site(), seen.health()));
                case Observation.Client c -> facts.add(new Fact.Client(site, c.service(),
                        seen.health(), seen.pace().health() == Health.DOWN));
                case Observation.AppServer a ->
                    facts.add(new Fact.AppServer(a.service(), site, a.name(), seen.health()));
                case Observation.Database d -> database(seen.health(), d, facts);
                case Observation.LoadBalancer l ->
                    facts.add(new Fact.LoadBalancer(l.service(), site, seen.health()));
                case Observation.Announcement a -> facts.add(new Fact.Announcement(a.service(),
                        site, a.rung(), a.taken() && seen.health() != Health.DOWN));
            }
        }
        List<Fact> all = new ArrayList<>();
        heard.forEach((to, paths) -> {
            paths.values().stream().reduce(FactBoard::anyOf)
                    .ifPresent(any -> all.add(new Fact.Heartbeat(site, to, any)));
            if (paths.size() > 1) {
                paths.forEach((path, health) -> all.add(new Fact.Path(site, to, path, health)));
            }
        });
        all.addAll(facts);
        return List.copyOf(all);
    }

    /** A site is heard when one of its monitors is, along one of its paths. */
    private static Health anyOf(Health a, Health b) {
        if (a == Health.UP || b == Health.UP) {
            return Health.UP;
        }
        return a == b ? a : Health.UNKNOWN;
    }

    private void database(Health health, Observation.Database d, List<Fact> facts) {
        boolean there = health != Health.DOWN;
        boolean primary = there && d.primary();
        facts.add(new Fact.Database(d.service(), site, d.resource(), health, primary));
        if (!primary) {
            facts.add(new Fact.Replication(d.service(), site, d.resource(),
                    there && d.streaming(), there ? coarse(d.lagMillis()) : -1));
        }
    }

    /** Steps that double, so that a lag that wanders is not a new fact every time. */
    static long coarse(long millis) {
        if (millis < 0) {
            return -1;
        }
        return millis < LAG_STEP_MILLIS
                ? 0
                : LAG_STEP_MILLIS * Long.highestOneBit(millis / LAG_STEP_MILLIS);
    }
}
