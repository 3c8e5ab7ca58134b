package io.siteswap.monitor.raft;

import io.siteswap.monitor.log.Lanes;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Log;
import io.siteswap.monitor.quorum.Reply;
import io.siteswap.monitor.tls.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.retry.RetryPolicies;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage.StartupOption;
import org.apache.ratis.util.ExitUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log on Apache Ratis over gRPC, kept on this node's disk. */
public final class RaftLog implements Log {

    private static final Logger LOG = LoggerFactory.getLogger(RaftLog.class);
    /** Leadership is told by events; this catches what an event leaves out. */
    private static final long LOOK_MILLIS = 50;
    private static final long DISK_SECONDS = 5;
    private static final long PEERS_SECONDS = 5;

    private final RaftSettings settings;
    private final Listener listener;
    private final Replica replica;
    private final ScheduledExecutorService teller;
    private final RaftServer server;
    private final RaftServer.Division division;
    private final RaftClient client;
    private final LeaderLink link;
    private final Lanes lanes;
    private final Metadata metadata;
    private final Handover handover;
    private final Peers peers;
    private final Optional<Identity> identity;
    private final AtomicBoolean nudging = new AtomicBoolean();
    private volatile boolean nudgeAgain;
    /** Only the teller touches it. */
    private boolean leading;
    private boolean stopped;
    private volatile boolean closing;

    private RaftLog(RaftSettings settings, Listener listener, RaftGroup group)
            throws IOException {
        this.settings = settings;
        this.listener = listener;
        this.teller = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("raft-teller").factory());
        this.replica = new Replica(settings.cluster(), settings.services(), new Told());
        this.identity = RatisTls.identity(settings);
        Parameters parameters = RatisTls.parameters(identity);
        this.peers = new Peers(settings, identity);
        boolean fresh = Storage.prepare(settings.folder(), group.getGroupId());
        this.metadata = new Metadata(settings.folder()
                .resolve(group.getGroupId().getUuid().toString()).resolve("current"));
        metadata.repair();
        RaftProperties properties = RatisProperties.of(settings, settings.folder());
        this.server = RaftServer.newBuilder().setGroup(group)
                .setServerId(RaftPeerId.valueOf(settings.node())).setStateMachine(replica)
                .setProperties(properties).setParameters(parameters)
                .setOption(fresh ? StartupOption.FORMAT : StartupOption.RECOVER).build();
        this.division = server.getDivision(group.getGroupId());
        this.client = RaftClient.newBuilder().setProperties(properties)
                .setParameters(parameters).setRaftGroup(group)
                .setRetryPolicy(RetryPolicies.noRetry()).build();
        this.link = new LeaderLink(server, division, client);
        this.handover = new Handover(settings, server, division, client);
        this.lanes = new Lanes(link::send, link::send, settings.patience());
    }

    /**
     * Opens the log and joins the group; all members start alike, the first time too.
     *
     * @throws IOException with one sentence: folder unusable or damaged, address taken
     */
    public static RaftLog open(RaftSettings settings, Listener listener) throws IOException {
        // Ratis would end the process without a word that helps; we say why and end it ourselves.
        ExitUtils.disableSystemExit();
        RaftLog log = null;
        try {
            Storage.proveFree(settings.listen());
            log = new RaftLog(settings, listener, group(settings));
            log.server.start();
            log.watch();
            return log;
        } catch (IOException | RuntimeException e) {
            if (log != null) {
                log.close();
            }
            throw Storage.sentence(settings, e);
        }
    }

    private void watch() {
        // The task reports its own failures to the listener.
        var _ = teller.scheduleWithFixedDelay(this::lookAtLeadership, LOOK_MILLIS,
                LOOK_MILLIS, TimeUnit.MILLISECONDS);
        var _ = teller.scheduleWithFixedDelay(this::lookAtDisk, DISK_SECONDS, DISK_SECONDS,
                TimeUnit.SECONDS);
        var _ = teller.scheduleWithFixedDelay(this::lookAtPeers, PEERS_SECONDS, PEERS_SECONDS,
                TimeUnit.SECONDS);
        var _ = teller.scheduleWithFixedDelay(
                () -> identity.ifPresent(it -> RatisTls.warn(settings, it)), 0, 1, TimeUnit.DAYS);
    }

    /** On a full disk Ratis waits without a word, and so would everything that is proposed. */
    private void lookAtDisk() {
        Storage.full(settings.folder()).filter(_ -> !stopped).ifPresent(why -> {
            stopped = true;
            listener.failed(why);
        });
    }

    private void lookAtPeers() {
        if (leader().isEmpty()) {
            peers.look(() -> leader().isEmpty() && !closing);
        } else {
            peers.fine();
        }
    }

    private static RaftGroup group(RaftSettings settings) {
        UUID id = UUID.nameUUIDFromBytes(
                ("siteswap " + settings.cluster()).getBytes(StandardCharsets.UTF_8));
        List<RaftPeer> peers = settings.members().stream()
                .map(m -> RaftPeer.newBuilder().setId(m.node()).setAddress(m.address()).build())
                .toList();
        return RaftGroup.valueOf(RaftGroupId.valueOf(id), peers);
    }

    @Override
    public CompletableFuture<Reply> propose(Command command) {
        return lanes.propose(command);
    }

    @Override
    public ClusterState state() {
        return replica.state();
    }

    @Override
    public String leader() {
        RaftPeerId leader = division.getInfo().getLeaderId();
        return leader == null ? "" : leader.toString();
    }

    @Override
    public void ready() {
        handover.ready();
        tell(this::lookAtLeadership);
    }

    /** Folder of the log, for messages. */
    Path folder() {
        return settings.folder();
    }

    @Override
    public void close() {
        closing = true;
        lanes.close();
        teller.shutdownNow();
        try {
            client.close();
            server.close();
        } catch (IOException e) {
            LOG.warn("the log did not close cleanly: {}", e.getMessage());
        }
    }

    private void lookAtLeadership() {
        if (!stopped && !closing && division.getInfo().getLifeCycleState().isClosingOrClosed()) {
            stopped = true;
            listener.failed("the log has stopped (see the lines before); is the disk full?");
        }
        metadata.keepCopy();
        handover.look();
        boolean now = handover.isReady() && division.getInfo().isAlive()
                && division.getInfo().isLeaderReady();
        if (now != leading) {
            leading = now;
            listener.leadership(now);
        }
    }

    private void tell(Runnable news) {
        try {
            teller.execute(news);
        } catch (RejectedExecutionException e) {
            LOG.trace("closed, not told", e);
        }
    }

    /**
     * Followers learn of a commit with the leader's next message, up to half an election timeout
     * later: the leader sends one at once. One nudge under way covers all entries before it.
     */
    private void nudge() {
        nudgeAgain = true;
        if (!division.getInfo().isLeader() || !nudging.compareAndSet(false, true)) {
            return;
        }
        nudgeAgain = false;
        try {
            var _ = link.submit(new Command.Nudge()).whenComplete((_, _) -> {
                nudging.set(false);
                if (nudgeAgain) {
                    nudge();
                }
            });
        } catch (IOException e) {
            nudging.set(false);
            LOG.debug("no nudge: {}", e.getMessage());
        }
    }

    private final class Told implements Replica.Events {

        @Override
        public void applied(Command command, Reply reply, ClusterState state) {
            tell(() -> listener.applied(command, reply, state));
            if (!command.routine()) {
                tell(RaftLog.this::nudge);
            }
        }

        @Override
        public void leadership() {
            tell(RaftLog.this::lookAtLeadership);
        }

        @Override
        public void failed(String why) {
            tell(() -> listener.failed(why));
        }
    }
}
