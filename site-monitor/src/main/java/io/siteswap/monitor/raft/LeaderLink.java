package io.siteswap.monitor.raft;

import io.siteswap.monitor.log.Codec;
import io.siteswap.monitor.log.Lane;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Reply;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Carries a command to whoever leads, and again to whoever leads next, until its deadline. All
 * attempts share one call id, so that the log takes it once at most.
 */
final class LeaderLink {

    /** How long an answer is awaited before looking whether the leader has changed. */
    private static final long LOOK_MILLIS = 20;
    /** Pause while no leader is known or the leader is not ready. */
    private static final long RETRY_MILLIS = 5;

    private final RaftServer server;
    private final RaftServer.Division division;
    private final RaftClient client;
    private final AtomicLong calls = new AtomicLong();

    LeaderLink(RaftServer server, RaftServer.Division division, RaftClient client) {
        this.server = server;
        this.division = division;
        this.client = client;
    }

    Reply send(Command command, long deadline) throws Lane.Rejected, InterruptedException {
        Message message = Message.valueOf(ByteString.copyFrom(Codec.command(command)));
        long call = calls.incrementAndGet();
        String why = "no leader is known";
        while (System.nanoTime() < deadline) {
            RaftPeerId leader = division.getInfo().getLeaderId();
            if (leader != null && known(leader)) {
                Attempt attempt = attempt(request(leader, call, message), leader, deadline);
                switch (attempt) {
                    case Answered answered -> {
                        return answered.reply();
                    }
                    case Failed failed -> why = failed.why();
                }
            }
            Thread.sleep(RETRY_MILLIS);
        }
        throw new Lane.Rejected("no majority in time: " + why);
    }

    /** A member that is being taken in hears its leader before it has heard where that is. */
    private boolean known(RaftPeerId leader) {
        if (division.getRaftConf().getPeer(leader) == null) {
            return false;
        }
        client.getClientRpc().addRaftPeers(division.getRaftConf().getCurrentPeers());
        return true;
    }

    /** Puts a command in without waiting; for the leader alone. */
    CompletableFuture<RaftClientReply> submit(Command command) throws IOException {
        Message message = Message.valueOf(ByteString.copyFrom(Codec.command(command)));
        return server.submitClientRequestAsync(
                request(server.getId(), calls.incrementAndGet(), message));
    }

    private RaftClientRequest request(RaftPeerId leader, long call, Message message) {
        return RaftClientRequest.newBuilder().setClientId(client.getId()).setServerId(leader)
                .setGroupId(client.getGroupId()).setCallId(call).setMessage(message)
                .setType(RaftClientRequest.writeRequestType()).build();
    }

    private sealed interface Attempt {
    }

    private record Answered(Reply reply) implements Attempt {
    }

    private record Failed(String why) implements Attempt {
    }

    private Attempt attempt(RaftClientRequest request, RaftPeerId leader, long deadline)
            throws InterruptedException {
        try {
            CompletableFuture<RaftClientReply> reply = leader.equals(server.getId())
                    ? server.submitClientRequestAsync(request)
                    : client.getClientRpc().sendRequestAsyncUnordered(request);
            RaftClientReply answer = await(reply, leader, deadline);
            return answer == null
                    ? new Failed("leader " + leader + " does not answer")
                    : read(answer);
        } catch (IOException | ExecutionException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null
                    ? e.getCause()
                    : e;
            client.getClientRpc().handleException(leader, cause, true);
            return new Failed("leader " + leader + " cannot be reached");
        }
    }

    private @Nullable RaftClientReply await(CompletableFuture<RaftClientReply> reply,
            RaftPeerId leader, long deadline) throws InterruptedException, ExecutionException {
        while (System.nanoTime() < deadline) {
            try {
                return reply.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                RaftPeerId now = division.getInfo().getLeaderId();
                if (now != null && !now.equals(leader)) {
                    return null;
                }
            }
        }
        return null;
    }

    private static Attempt read(RaftClientReply answer) throws IOException {
        if (answer.isSuccess()) {
            return new Answered(Codec.reply(answer.getMessage().getContent().toByteArray()));
        }
        Exception failure = answer.getException();
        return new Failed(failure == null ? "refused" : failure.getClass().getSimpleName());
    }
}
