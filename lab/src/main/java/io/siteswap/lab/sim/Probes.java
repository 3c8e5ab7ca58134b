package io.siteswap.lab.sim;

import io.siteswap.monitor.health.Hysteresis;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Health;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one site's monitor sees, every probe period, through the real hysteresis. */
final class Probes {

    private static final int ONSET = 2;
    private static final int RECOVERY = 3;

    private final World world;
    private final Machine machine;
    private final Map<String, Hysteresis> seen = new HashMap<>();
    private List<Fact> last = List.of();
    /** What there was to see the last time, a bit each, and for how many rounds. */
    private long sight = -1;
    private int rounds;
    private int process;

    Probes(World world, Machine machine) {
        this.world = world;
        this.machine = machine;
    }

    void round() {
        Monitor monitor = machine.monitor;
        if (!monitor.running()) {
            return;
        }
        if (process != monitor.process()) {
            process = monitor.process();
            seen.clear();
            last = List.of();
            sight = -1;
        }
        long now = sight();
        rounds = now == sight ? rounds + 1 : 0;
        sight = now;
        // What has looked the same for so long gives the same facts.
        if (rounds <= RECOVERY) {
            look();
        }
    }

    private long sight() {
        long bits = 1;
        for (Machine other : world.machines()) {
            if (other != machine) {
                bits = bits << 2 | (reached(other) ? 2 : 0) | (heard(other) ? 1 : 0);
            }
        }
        for (Resources own : machine.resources()) {
            bits = bits << 7 | replicates(own) << 4 | (own.primary() ? 8 : 0)
                    | (own.app() ? 4 : 0) | World.LADDER.indexOf(own.rung());
        }
        return bits;
    }

    private static int replicates(Resources own) {
        Replication it = own.replication();
        return (it.answersProbes(own.database()) ? 4 : 0)
                | (it.seemsToStream(own.database()) ? 2 : 0)
                | (it.seemsToLag(own.database()) ? 1 : 0);
    }

    private boolean reached(Machine other) {
        return other.up() && !machine.lies() && world.network().connected(machine, other);
    }

    private boolean heard(Machine other) {
        return reached(other) && other.monitor.running();
    }

    private void look() {
        List<Fact> facts = new ArrayList<>();
        for (Machine other : world.machines()) {
            if (other != machine) {
                facts.add(new Fact.Heartbeat(machine.site, other.site,
                        seen("beat." + other.site, heard(other))));
                if (other.datacenter) {
                    Health door = seen("door." + other.site, reached(other));
                    for (String service : world.services()) {
                        facts.add(new Fact.Outside(machine.site, service, other.site, door));
                    }
                }
            }
        }
        if (machine.datacenter) {
            world.services().forEach(service -> own(service, facts));
        }
        if (!facts.equals(last)) {
            last = List.copyOf(facts);
            machine.monitor.observed(last);
        }
    }

    private void own(String service, List<Fact> facts) {
        Resources own = machine.resources(service);
        Health database = own.replication().health(own.database());
        facts.add(new Fact.Database(service, machine.site, "db", database, own.primary()));
        if (!own.primary()) {
            facts.add(own.replication().fact(own.database(), machine.site));
        }
        facts.add(new Fact.AppServer(service, machine.site, "app1",
                seen("app." + service, own.app())));
        facts.add(new Fact.Announcement(service, machine.site, own.rung(), true));
    }

    private Health seen(String what, boolean ok) {
        Hysteresis next = seen.getOrDefault(what, Hysteresis.of(ONSET, RECOVERY)).observe(ok);
        seen.put(what, next);
        return next.health();
    }
}
