package io.siteswap.monitor.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.GroupInfoReply;
import org.apache.ratis.protocol.GroupInfoRequest;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.retry.RetryPolicies;
import org.apache.ratis.util.ProtoUtils;
import org.apache.ratis.util.TimeDuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks whoever answers at an address who it is and what it knows of the group. Each time over new
 * connections: Ratis keeps the first address of a member for ever.
 */
final class Inquiry {

    private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** A member that is taken in gets a snapshot first. */
    private static final Duration CHANGE = Duration.ofSeconds(9);

    private final RaftSettings settings;
    private final RaftGroupId group;
    private final Parameters parameters;

    Inquiry(RaftSettings settings, RaftGroupId group, Parameters parameters) {
        this.settings = settings;
        this.group = group;
        this.parameters = parameters;
    }

    /**
     * @param id of the one that answered
     * @param peers the group as it knows it, empty before it was taken in
     * @param changing {@code peers} are not all: the change to them is not over
     * @param committed by ids, as it knows them: -1 is nothing yet
     * @param silentMillis by ids, at the leader only
     */
    record Answer(String id, List<RaftPeer> peers, boolean changing, boolean leads,
            Map<String, Long> committed, Map<String, Long> silentMillis) {

        static Answer of(GroupInfoReply reply) {
            RoleInfoProto role = reply.getRoleInfoProto();
            Optional<RaftConfigurationProto> conf = reply.getConf();
            Map<String, Long> committed = new HashMap<>();
            reply.getCommitInfos().forEach(info -> committed
                    .put(info.getServer().getId().toStringUtf8(), info.getCommitIndex()));
            Map<String, Long> silent = new HashMap<>();
            role.getLeaderInfo().getFollowerInfoList().forEach(follower -> silent
                    .put(follower.getId().getId().toStringUtf8(),
                            follower.getLastRpcElapsedTimeMs()));
            return new Answer(role.getSelf().getId().toStringUtf8(),
                    conf.map(it -> ProtoUtils.toRaftPeers(it.getPeersList())).orElse(List.of()),
                    conf.filter(it -> it.getOldPeersCount() > 0).isPresent(),
                    role.hasLeaderInfo(), committed, silent);
        }

        /** What the one that answered has committed itself; -1: nothing. */
        long ownCommitted() {
            return committed.getOrDefault(id, -1L);
        }
    }

    /** All at once; those that do not answer within a second are left out. By address. */
    Map<String, Answer> askAll(List<String> addresses) {
        Map<String, Answer> answers = new ConcurrentHashMap<>();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            addresses.forEach(address -> each.execute(
                    () -> ask(address).ifPresent(answer -> answers.put(address, answer))));
        }
        return answers;
    }

    Optional<Answer> ask(String address) {
        RaftPeer peer = RaftPeer.newBuilder().setId("whoever answers").setAddress(address).build();
        try (RaftClient client = client(peer, PATIENCE)) {
            RaftClientReply reply = client.getClientRpc().sendRequest(
                    new GroupInfoRequest(client.getId(), peer.getId(), group, 0));
            return reply instanceof GroupInfoReply info && info.isSuccess()
                    ? Optional.of(Answer.of(info))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            // RuntimeException: what gRPC says of addresses at which nobody or somebody else is.
            LOG.debug("no answer at {}", address, e);
            return Optional.empty();
        }
    }

    /** @throws IOException no answer in time, or refused */
    void change(RaftPeer leader, SetConfigurationRequest.Arguments arguments) throws IOException {
        try (RaftClient client = client(leader, CHANGE)) {
            RaftClientReply reply = client.getClientRpc().sendRequest(
                    new SetConfigurationRequest(client.getId(), leader.getId(), group, 0,
                            arguments));
            if (!reply.isSuccess()) {
                throw new IOException(reply.getException());
            }
        } catch (RuntimeException e) {
            throw new IOException(e);
        }
    }

    private RaftClient client(RaftPeer peer, Duration patience) {
        RaftProperties properties = RatisProperties.of(settings, settings.folder());
        RaftClientConfigKeys.Rpc.setRequestTimeout(properties,
                TimeDuration.valueOf(patience.toMillis(), TimeUnit.MILLISECONDS));
        return RaftClient.newBuilder().setProperties(properties).setParameters(parameters)
                .setRaftGroup(RaftGroup.valueOf(group, List.of(peer)))
                .setRetryPolicy(RetryPolicies.noRetry()).build();
    }
}
