package io.siteswap.monitor.app;

import io.siteswap.monitor.action.Agents;
import io.siteswap.monitor.action.ResourceAgent.ActionFailed;
import io.siteswap.monitor.api.ApiServer;
import io.siteswap.monitor.api.Bulletins;
import io.siteswap.monitor.api.Monitor;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ConfigFile;
import io.siteswap.monitor.failover.Cluster;
import io.siteswap.monitor.failover.Effect;
import io.siteswap.monitor.failover.Evaluation;
import io.siteswap.monitor.failover.Event;
import io.siteswap.monitor.failover.Node;
import io.siteswap.monitor.failover.Setup;
import io.siteswap.monitor.probe.EchoResponder;
import io.siteswap.monitor.probe.FactBoard;
import io.siteswap.monitor.probe.Watch;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Log;
import io.siteswap.monitor.quorum.Membership;
import io.siteswap.monitor.quorum.Reply;
import io.siteswap.monitor.raft.RaftLog;
import io.siteswap.monitor.raft.RaftSettings;
import io.siteswap.monitor.sql.SqlLog;
import io.siteswap.monitor.sql.SqlSettings;
import io.siteswap.policy.engine.BadRules;
import io.siteswap.policy.engine.RulePacks;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Placement;
import io.siteswap.policy.plan.Rules;
import io.siteswap.policy.verdicts.Verdict;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running monitor: the log, the probes, the agents, the API, and the pure {@link Node} in their
 * midst. The network comes up first; rules are compiled meanwhile, and until they are there another
 * node leads.
 */
final class MonitorDaemon implements Monitor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MonitorDaemon.class);

    private final ClusterConfig config;
    private final Supplier<ConfigFile.Result> file;
    private final ClusterConfig.Node self;
    private final Bulletins bulletins = new Bulletins();
    private final Agents agents;
    /** Empty until they are compiled. */
    private volatile Optional<Rules> rules = Optional.empty();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final Log log;
    private final EventLoop loop;
    private final World world;
    private volatile boolean leading;

    private MonitorDaemon(ClusterConfig config, String name, boolean join,
            Supplier<ConfigFile.Result> file) throws IOException {
        this.config = config;
        this.file = file;
        this.self = config.node(name);
        this.agents = Agents.of(config, name);
        CompletableFuture<EventLoop> early = new CompletableFuture<>();
        this.log = open(config, name, join, new FromLog(early));
        this.world = new World(config, self, log, agents, bulletins,
                event -> early.join().offer(event));
        this.loop = new EventLoop(
                Node.start(setup(), log.state(), System.nanoTime()), world::carryOut,
                world.guarding()::see, this::broken);
        early.complete(loop);
    }

    private static Log open(ClusterConfig config, String name, boolean join,
            Log.Listener listener) throws IOException {
        return config.sharedDatabase().isPresent()
                ? SqlLog.open(SqlSettings.of(config, name, config.sharedDatabase().get()),
                        listener)
                : RaftLog.open(RaftSettings.of(config, name, join), listener);
    }

    /** Starts everything, with a configuration that stays as it is. */
    static MonitorDaemon start(ClusterConfig config, String name) throws IOException {
        return start(config, name, false,
                () -> new ConfigFile.Loaded(config, List.of()));
    }

    /**
     * Starts everything.
     *
     * @param join without a log, be no member before the others have taken it in
     * @param file reads the configuration file again, for what may change while this runs
     * @throws IOException with one sentence: an address is taken, the disk is full...
     */
    static MonitorDaemon start(ClusterConfig config, String name, boolean join,
            Supplier<ConfigFile.Result> file) throws IOException {
        config.unsafe().forEach(why -> LOG.warn("UNSAFE: {}", why));
        MonitorDaemon daemon = new MonitorDaemon(config, name, join, file);
        try {
            daemon.parts.push(daemon.world.guarding());
            daemon.parts.push(daemon.log);
            daemon.parts.push(daemon.loop);
            for (String address : daemon.self.heartbeatListen()) {
                daemon.parts.push(EchoResponder.start(address));
            }
            daemon.parts.push(ApiServer.start(daemon.self.api(), daemon,
                    List.copyOf(config.sites().keySet())));
            FactBoard board = FactBoard.of(config, name);
            daemon.parts.push(Watch.start(config, name, seen -> board.see(seen).ifPresent(
                    facts -> daemon.loop.offer(now -> new Event.Observed(now, facts)))));
            daemon.loop.start();
            Thread.ofPlatform().daemon().name("rules").start(daemon::loadRules);
            return daemon;
        } catch (IOException | RuntimeException e) {
            daemon.close();
            throw e;
        }
    }

    private Setup setup() {
        return new Setup(self.site(), System.currentTimeMillis(), Cluster.of(config),
                config.timing(), this::evaluate, Placement::decide, Setup.Planning.STANDARD);
    }

    private List<Verdict> evaluate(Collection<? extends Fact> facts) {
        return rules.map(it -> it.evaluate(facts)).orElse(List.of());
    }

    private void loadRules() {
        try {
            long start = System.nanoTime();
            rules = Optional.of(RulePacks
                    .load(config.rules(), List.copyOf(config.ladder().keySet())).warmUp());
            LOG.info("rules loaded in {} ms", (System.nanoTime() - start) / 1_000_000);
            log.ready();
        } catch (BadRules e) {
            fail("the rule files are refused:\n" + e.getMessage());
        } catch (RuntimeException e) {
            fail("the rules cannot be compiled: " + e);
        }
    }

    /** What the log tells, on its one thread; {@code early} until the loop is there. */
    private final class FromLog implements Log.Listener {
        private final CompletableFuture<EventLoop> early;

        FromLog(CompletableFuture<EventLoop> early) {
            this.early = early;
        }

        @Override
        public void applied(Command command, Reply reply, ClusterState state) {
            early.join().offer(now -> new Event.Applied(now, command, reply, state));
        }

        @Override
        public void leadership(boolean leads) {
            early.join().offer(now -> {
                leading = leads;
                return new Event.Leadership(now, leads);
            });
        }

        @Override
        public void members(String news) {
            early.join();
            world.tell(Effect.Note.Kind.MEMBERS, "", news);
        }

        @Override
        public void failed(String why) {
            fail(why);
        }
    }

    /** A monitor whose logic fails can keep no promise: it gives up what it holds and ends. */
    private void broken(RuntimeException e) {
        LOG.error("the monitor's logic failed", e);
        fail("the monitor's logic failed: " + e);
    }

    private void fail(String why) {
        failure.compareAndSet(null, why);
        over.countDown();
    }

    /** Runs something short on the thread that owns the logic. */
    void takeTurn(Runnable task) {
        loop.offer(now -> {
            task.run();
            return new Event.Tick(now);
        });
    }

    /** Waits until the daemon must end; returns why. */
    String awaitFailure() throws InterruptedException {
        over.await();
        return Optional.ofNullable(failure.get()).orElse("stopped");
    }

    @Override
    public String name() {
        return self.name();
    }

    @Override
    public String site() {
        return self.site();
    }

    @Override
    public List<String> unsafe() {
        return config.unsafe();
    }

    @Override
    public Node node() {
        return loop.node();
    }

    @Override
    public String leader() {
        return log.leader();
    }

    @Override
    public boolean leading() {
        return leading;
    }

    @Override
    public Optional<Long> leaseMillis(String service) {
        return node().lease(service, System.nanoTime())
                .map(lease -> lease.remainingNanos() / 1_000_000);
    }

    @Override
    public Optional<Evaluation> evaluation() {
        return rules.map(_ -> node().explain());
    }

    @Override
    public CompletableFuture<Reply> propose(Command command) {
        return log.propose(command);
    }

    @Override
    public Membership.Roster members() throws Membership.Refused {
        return membership().roster(wanted());
    }

    @Override
    public String changeMembers(String operator) throws Membership.Refused {
        return membership().change(wanted(), operator);
    }

    private Membership membership() throws Membership.Refused {
        return log.membership().orElseThrow(() -> new Membership.Refused("The log of this cluster"
                + " is in a shared database, which has no members: who has a row in it is no"
                + " matter of the log; start and stop monitors as the file says."));
    }

    private Membership.Wanted wanted() throws Membership.Refused {
        return switch (file.get()) {
            case ConfigFile.Invalid invalid -> throw new Membership.Refused("The configuration"
                    + " file of " + self.name() + " is not usable: "
                    + invalid.problems().getFirst() + ".");
            case ConfigFile.Loaded loaded -> wanted(loaded.config());
        };
    }

    private Membership.Wanted wanted(ClusterConfig now) throws Membership.Refused {
        if (!now.cluster().equals(config.cluster()) || now.sharedDatabase().isPresent()
                || !now.tls().equals(config.tls())) {
            throw new Membership.Refused("The configuration file of " + self.name() + " has"
                    + " another 'cluster', 'log' or 'tls' than the one that it was started with;"
                    + " only 'nodes' may differ.");
        }
        return new Membership.Wanted(now.nodes().values().stream()
                .map(node -> new Membership.Place(node.name(), node.raft(), node.site()))
                .toList());
    }

    @Override
    public Bulletins bulletins() {
        return bulletins;
    }

    /**
     * Stops. What this site holds is fenced first: nobody would renew or fence it afterwards, and
     * after the lease another site may be granted it. The log is not told: a holder that has
     * released would be given the service back while its monitor is still heard.
     */
    @Override
    public void close() {
        Node last = loop.node();
        loop.close();
        config.services().keySet().forEach(service -> last.lease(service, System.nanoTime())
                .ifPresent(lease -> giveUp(service, lease.epoch())));
        closeParts();
    }

    private void giveUp(String service, long epoch) {
        try {
            world.tell(Effect.Note.Kind.FENCE, service, "shutting down while active: "
                    + agents.fence(service, epoch));
            world.guarding().gaveUp(service, epoch);
        } catch (ActionFailed e) {
            world.tell(Effect.Note.Kind.FENCE, service,
                    "shutting down while active, not all is fenced: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeParts() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.debug("while closing", e);
            }
        }
    }
}
