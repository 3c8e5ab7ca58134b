package io.siteswap.monitor.raft;

import io.siteswap.monitor.log.Lanes;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Log;
import io.siteswap.monitor.quorum.Membership;
import io.siteswap.monitor.quorum.Reply;
import io.siteswap.monitor.tls.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;
import org.apache.ratis.protocol.RaftGroupId;
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
    private static final long MEND_SECONDS = 1;
    private static final int LOOKS = 20;

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
    private final RaftMembership membership;
    private final AtomicBoolean mending = new AtomicBoolean();
    private final AtomicBoolean nudging = new AtomicBoolean();
    private volatile boolean nudgeAgain;
    /** Only the teller touches it. */
    private boolean leading;
    private boolean stopped;
    private int looksSinceItStopped;
    private volatile boolean dismissed;
    /** Only the teller touches it; empty before the log has said it. */
    private List<String> members = List.of();
    private volatile boolean closing;

    private RaftLog(RaftSettings settings, Listener listener) throws IOException {
        this.settings = settings;
        this.listener = listener;
        this.teller = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("raft-teller").factory());
        this.replica = new Replica(settings.cluster(), settings.services(), new Told());
        this.identity = RatisTls.identity(settings);
        Parameters parameters = RatisTls.parameters(identity);
        this.peers = new Peers(settings, identity);
        RaftGroupId id = Start.group(settings);
        boolean fresh = Storage.prepare(settings.folder(), id);
        Path current = settings.folder().resolve(id.getUuid().toString()).resolve("current");
        this.metadata = new Metadata(current);
        metadata.repair();
        TornTail.cut(current);
        RaftProperties properties = RatisProperties.of(settings, settings.folder());
        Inquiry inquiry = new Inquiry(settings, id, parameters);
        Start start = Start.of(settings, fresh, inquiry, System.currentTimeMillis());
        GrpcConfigKeys.Server.setServicesCustomizer(parameters,
                (builder, _) -> builder.intercept(new Addressee(start.id())));
        this.server = RaftServer.newBuilder().setGroup(start.group())
                .setServerId(RaftPeerId.valueOf(start.id())).setStateMachine(replica)
                .setProperties(properties).setParameters(parameters)
                .setOption(fresh ? StartupOption.FORMAT : StartupOption.RECOVER).build();
        this.division = server.getDivision(id);
        this.client = RaftClient.newBuilder().setProperties(properties)
                .setParameters(parameters).setRaftGroup(start.forClient())
                .setRetryPolicy(RetryPolicies.noRetry()).build();
        this.link = new LeaderLink(server, division, client);
        this.handover = new Handover(settings, server, division, client);
        this.membership = new RaftMembership(settings, division, inquiry, this::holders,
                news -> tell(() -> listener.members(news)));
        this.lanes = new Lanes(link::send, link::send, settings.patience());
    }

    /**
     * Opens the log. {@link Start} says which group this member then believes in.
     *
     * @throws IOException with one sentence: folder unusable or damaged, address taken
     */
    public static RaftLog open(RaftSettings settings, Listener listener) throws IOException {
        // Ratis would end the process without a word that helps; we say why and end it ourselves.
        ExitUtils.disableSystemExit();
        RaftLog log = null;
        try {
            Storage.proveFree(settings.listen());
            log = new RaftLog(settings, listener);
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
        var _ = teller.scheduleWithFixedDelay(this::mend, MEND_SECONDS, MEND_SECONDS,
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

    /** Asks over the network, so on a thread of its own. */
    private void mend() {
        if (leading && mending.compareAndSet(false, true)) {
            Thread.ofVirtual().name("raft-members").start(() -> {
                try {
                    membership.mend();
                } finally {
                    mending.set(false);
                }
            });
        }
    }

    private Map<String, String> holders() {
        return replica.state().services().entrySet().stream().collect(Collectors
                .toMap(Map.Entry::getKey, it -> it.getValue().ticket().holder()));
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
        return leader == null ? "" : MemberIds.node(leader);
    }

    @Override
    public Optional<Membership> membership() {
        return Optional.of(membership);
    }

    RaftMembership members() {
        return membership;
    }

    RaftServer.Division division() {
        return division;
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
            lookWhyItStopped();
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

    /** Each leader begins with an entry that says it again. */
    private void members(List<RaftPeerProto> group) {
        List<String> now = group.stream()
                .map(peer -> MemberIds.node(peer.getId().toStringUtf8()) + " at "
                        + peer.getAddress())
                .sorted().toList();
        if (!members.isEmpty() && !now.equals(members)) {
            listener.members("the members are now " + String.join(", ", now));
        }
        members = now;
    }

    /** Ratis closes first and says why afterwards. */
    private void lookWhyItStopped() {
        if (dismissed || division.getRaftConf().getPeer(server.getId()) == null) {
            stopped = true;
            listener.failed("this node is no member of the group any more; take it out of the"
                    + " file, or move its folder " + settings.folder() + " away and start it with"
                    + " 'siteswap run --join' to take it in again");
        } else if (++looksSinceItStopped > LOOKS) {
            stopped = true;
            listener.failed("the log has stopped (see the lines before); is the disk full?");
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
        public void dismissed() {
            dismissed = true;
        }

        @Override
        public void members(RaftConfigurationProto group) {
            if (group.getOldPeersCount() == 0) {
                tell(() -> RaftLog.this.members(group.getPeersList()));
            }
        }

        @Override
        public void failed(String why) {
            tell(() -> listener.failed(why));
        }
    }
}
