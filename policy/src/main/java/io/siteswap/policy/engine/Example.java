package io.siteswap.policy.engine;

import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Fact.Announcement;
import io.siteswap.policy.facts.Fact.AppServer;
import io.siteswap.policy.facts.Fact.Blocked;
import io.siteswap.policy.facts.Fact.Candidate;
import io.siteswap.policy.facts.Fact.Database;
import io.siteswap.policy.facts.Fact.Heartbeat;
import io.siteswap.policy.facts.Fact.Holder;
import io.siteswap.policy.facts.Fact.Outside;
import io.siteswap.policy.facts.Fact.Replication;
import io.siteswap.policy.facts.Fact.Site;
import io.siteswap.policy.facts.Health;
import java.util.List;

/** A loss of a site, small but touching most rules: what the engine warms up on. */
final class Example {

    private Example() {
    }

    static List<Fact> facts() {
        return List.of(new Site("dc1", false), new Site("dc2", false), new Site("arb", true),
                new Candidate("shop", "dc1", 0), new Candidate("shop", "dc2", 1),
                new Holder("shop", "dc1", 1), new Heartbeat("dc2", "dc1", Health.DOWN),
                new Heartbeat("arb", "dc1", Health.DOWN), new Heartbeat("arb", "dc2", Health.UP),
                new Heartbeat("dc2", "arb", Health.UP),
                new Outside("dc2", "shop", "dc1", Health.DOWN),
                new Outside("arb", "shop", "dc1", Health.DOWN),
                new AppServer("shop", "dc1", "app1", Health.DOWN),
                new Database("shop", "dc1", "db", Health.UP, true),
                new Database("shop", "dc2", "db", Health.UP, false),
                new Replication("shop", "dc2", "db", false, 900),
                new Announcement("shop", "dc1", "normal", true),
                new Announcement("shop", "dc2", "backup", true),
                new Blocked("shop", "an example"));
    }
}
