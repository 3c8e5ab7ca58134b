package io.siteswap.monitor.raft;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes leadership to whoever should have it: a ready arbiter asks for it, and a leader that is not
 * ready offers it to the others in turn. Decision 0033 says why Ratis' priorities cannot do this.
 */
final class Handover {

    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);
    /** An arbiter that cannot hold what it asked for must not ask for it all the time. */
    private static final long MAX_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final RaftServer server;
    private final RaftServer.Division division;
    private final RaftClient client;
    private final boolean preferred;
    private final Set<String> preferredNodes;
    /** While it runs the leader takes no proposals. */
    private final long timeoutMillis;
    private final long firstPause;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile boolean ready;
    private volatile long notBefore = System.nanoTime();
    /** Touched by one try after another. */
    private long pause;
    private int turn;

    Handover(RaftSettings settings, RaftServer server, RaftServer.Division division,
            RaftClient client) {
        this.server = server;
        this.division = division;
        this.client = client;
        this.preferredNodes = settings.members().stream().filter(RaftSettings.Member::preferred)
                .map(RaftSettings.Member::node).collect(Collectors.toUnmodifiableSet());
        this.preferred = preferredNodes.contains(settings.node());
        this.timeoutMillis = settings.electionMin().toMillis();
        this.firstPause = settings.electionMax().toNanos();
        this.pause = firstPause;
    }

    void ready() {
        ready = true;
    }

    boolean isReady() {
        return ready;
    }

    /** Called every few milliseconds, on one thread. */
    void look() {
        if (underWay.get() || System.nanoTime() - notBefore < 0) {
            return;
        }
        RaftPeerId leader = division.getInfo().getLeaderId();
        if (leader == null) {
            return;
        }
        boolean own = leader.equals(server.getId());
        if (own && !ready) {
            List<RaftPeerId> others = others();
            if (!others.isEmpty()) {
                pass(leader, others.get(turn++ % others.size()));
            }
        } else if (!own && ready && preferred && member()
                && !preferredNodes.contains(MemberIds.node(leader))) {
            pass(leader, server.getId());
        }
    }

    private List<RaftPeerId> others() {
        return division.getRaftConf().getCurrentPeers().stream().map(RaftPeer::getId)
                .filter(id -> !id.equals(server.getId()))
                .sorted(Comparator.comparing(RaftPeerId::toString)).toList();
    }

    private boolean member() {
        return division.getRaftConf().getPeer(server.getId()) != null;
    }

    private void pass(RaftPeerId from, RaftPeerId to) {
        underWay.set(true);
        Thread.ofPlatform().daemon().name("raft-handover").start(() -> {
            boolean passed = false;
            try {
                passed = passed(from, to);
            } finally {
                notBefore = System.nanoTime() + pauseAfter(passed);
                underWay.set(false);
            }
        });
    }

    private long pauseAfter(boolean passed) {
        if (!ready) {
            // Nobody leads meanwhile.
            return firstPause;
        }
        if (passed) {
            pause = firstPause;
            return MAX_PAUSE_NANOS;
        }
        pause = Math.min(2 * pause, MAX_PAUSE_NANOS);
        return pause;
    }

    private boolean passed(RaftPeerId from, RaftPeerId to) {
        client.getClientRpc().addRaftPeers(division.getRaftConf().getCurrentPeers());
        TransferLeadershipRequest request = new TransferLeadershipRequest(client.getId(), from,
                client.getGroupId(), 0, to, timeoutMillis);
        try {
            RaftClientReply reply = from.equals(server.getId())
                    ? server.transferLeadership(request)
                    : client.getClientRpc().sendRequest(request);
            if (!reply.isSuccess()) {
                LOG.debug("{} does not pass leadership to {}", from, to, reply.getException());
            }
            return reply.isSuccess();
        } catch (IOException | RuntimeException e) {
            // RuntimeException: gRPC's, and whatever a log that is being closed throws.
            LOG.debug("{} cannot pass leadership to {}", from, to, e);
            client.getClientRpc().handleException(from, e, true);
            return false;
        }
    }
}
