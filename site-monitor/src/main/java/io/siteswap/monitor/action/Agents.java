package io.siteswap.monitor.action;

import io.siteswap.bgp.app.SpeakerClient;
import io.siteswap.monitor.action.ResourceAgent.ActionFailed;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ClusterConfig.Node;
import io.siteswap.monitor.config.ClusterConfig.ResourceSettings;
import io.siteswap.monitor.config.ClusterConfig.Service;
import io.siteswap.policy.plan.Resource;
import io.siteswap.policy.plan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The agents of all resources of one node's site, by service. Both calls block and may be made from
 * several threads at once; give each a thread of its own (virtual threads do).
 */
public final class Agents {

    /** Name of the announcement among a service's resources. */
    public static final String ANNOUNCEMENT = "announcement";
    /** The stance of a site that fenced itself (design, section 3, rule 2). */
    private static final String FENCED_RUNG = "backup";
    /** The speaker is a process of this machine. */
    private static final Duration SPEAKER_ANSWER = Duration.ofMillis(500);

    private final Duration fenceBound;
    private final Map<String, Map<String, Guarded>> services = new LinkedHashMap<>();
    private final Map<String, Long> newestEpochs = new ConcurrentHashMap<>();

    private Agents(Duration fenceBound) {
        this.fenceBound = fenceBound;
    }

    /** The agents of the site that {@code node} stands in; none at an arbiter. */
    public static Agents of(ClusterConfig config, String node) {
        Node self = config.nodes().get(node);
        if (self == null) {
            throw new IllegalArgumentException("There is no node '" + node
                    + "' in the configuration: choose one of " + config.nodes().keySet() + ".");
        }
        Agents agents = new Agents(config.timing().fenceBound());
        Optional<SpeakerClient> speaker = self.speaker()
                .map(there -> new SpeakerClient(there.socket(), SPEAKER_ANSWER));
        config.services().values().stream()
                .filter(service -> service.sites().contains(self.site()))
                .forEach(service -> agents.add(service, self, speaker,
                        config.timing().stepTimeout()));
        return agents;
    }

    // Databases come first in a fence because they come first here.
    private void add(Service service, Node self, Optional<SpeakerClient> speaker,
            Duration stepTimeout) {
        Map<String, Guarded> mine = new LinkedHashMap<>();
        service.resources().stream()
                .sorted((a, b) -> a.type().compareTo(b.type()))
                .forEach(resource -> {
                    ResourceSettings settings = resource.at().get(self.site());
                    if (settings != null) {
                        ResourceAgent agent = OnLoss.of(resource.name(),
                                agent(resource.name(), settings), resource.onLoss(), fenceBound);
                        mine.put(resource.name(), new Guarded(resource.name(), agent, stepTimeout,
                                resource.type() != Resource.Type.ROUTABLE));
                    }
                });
        speaker.ifPresent(client -> mine.put(ANNOUNCEMENT,
                new Guarded(ANNOUNCEMENT, announcement(service, client), stepTimeout, false)));
        services.put(service.name(), mine);
    }

    private ResourceAgent announcement(Service service, SpeakerClient speaker) {
        return new SpeakerAgent(service.name(), service.prefixes(), speaker, FENCED_RUNG,
                () -> newestEpochs.getOrDefault(service.name(), 0L));
    }

    private static ResourceAgent agent(String name, ResourceSettings settings) {
        return switch (settings) {
            case ResourceSettings.Postgresql p -> new PostgresAgent(name, p);
            case ResourceSettings.Mariadb m -> new MariadbAgent(name, m);
            case ResourceSettings.Haproxy h -> new HaproxyAgent(name, h);
            case ResourceSettings.Exec e -> new ExecAgent(name, e);
        };
    }

    /**
     * Carries one step of this site out, within the step timeout.
     *
     * @return one sentence: what was done
     * @throws ActionFailed with one sentence: what failed, or that the epoch is an old one
     */
    public String run(String service, long epoch, Step step)
            throws ActionFailed, InterruptedException {
        Guarded agent = resources(service).get(step.resource());
        if (agent == null) {
            throw new ActionFailed("Service '" + service + "' has no resource '" + step.resource()
                    + "' at this site: check the configuration of this node.");
        }
        admit(service, epoch);
        return agent.run(step.verb(), step.argument(), epoch);
    }

    /**
     * Fences all resources of the service at this site at once. Returns or throws within the fence
     * bound; what is not over by then goes on, and a repeated call waits for the same work. A load
     * balancer or a speaker that cannot be reached is named in the answer and fails nothing: what
     * must not happen twice in the world are writes.
     *
     * @return one sentence per resource: what was done
     * @throws ActionFailed naming each database or startable that may still be active
     */
    public String fence(String service, long epoch) throws ActionFailed, InterruptedException {
        long deadline = System.nanoTime() + fenceBound.toNanos();
        Map<String, Guarded> resources = resources(service);
        admit(service, epoch);
        Map<Guarded, CompletableFuture<String>> under = new LinkedHashMap<>();
        resources.values().forEach(agent -> under.put(agent, agent.fence()));
        List<String> said = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (Map.Entry<Guarded, CompletableFuture<String>> one : under.entrySet()) {
            Guarded agent = one.getKey();
            try {
                said.add(one.getValue().get(Math.max(0, deadline - System.nanoTime()),
                        TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                (agent.writes() ? failed : said).add(agent.name() + " is not fenced after "
                        + fenceBound.toMillis() + " ms.");
            } catch (ExecutionException e) {
                (agent.writes() ? failed : said)
                        .add(agent.name() + " is not fenced: " + Guarded.reason(e));
            }
        }
        if (!failed.isEmpty()) {
            failed.addAll(said);
            throw new ActionFailed(String.join(" ", failed));
        }
        return String.join(" ", said);
    }

    /**
     * What a look at one resource gave.
     *
     * @param ok a fence would have reached it
     * @param said one sentence: how it stands, or what is wrong
     */
    public record Look(String resource, boolean ok, long nanos, String said) {
    }

    /** Looks at every resource of the service at this site, one after the other; changes nothing. */
    public List<Look> look(String service) throws InterruptedException {
        List<Look> looks = new ArrayList<>();
        for (Guarded agent : services.getOrDefault(service, Map.of()).values()) {
            long began = System.nanoTime();
            boolean ok = false;
            String said;
            try {
                said = agent.look();
                ok = true;
            } catch (ActionFailed e) {
                said = String.valueOf(e.getMessage());
            }
            looks.add(new Look(agent.name(), ok, System.nanoTime() - began, said));
        }
        return looks;
    }

    private Map<String, Guarded> resources(String service) throws ActionFailed {
        Map<String, Guarded> resources = services.get(service);
        if (resources == null) {
            throw new ActionFailed("This site does not run service '" + service + "'.");
        }
        return resources;
    }

    private void admit(String service, long epoch) throws ActionFailed {
        long newest = newestEpochs.merge(service, epoch, Math::max);
        if (epoch < newest) {
            throw new ActionFailed("Refused for service '" + service + "': epoch " + epoch
                    + " is older than " + newest + ", which this site has seen.");
        }
    }
}
