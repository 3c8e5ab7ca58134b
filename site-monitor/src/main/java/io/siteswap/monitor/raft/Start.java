package io.siteswap.monitor.raft;

import io.siteswap.monitor.log.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.util.ProtoUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who a member is when it starts, and which group it believes in until its log says otherwise.
 *
 * <ul> <li>There is a log: the group that it knew last, at the addresses of the configuration file.
 * <li>There is none: the group of the file; all members of a new cluster start so. <li>There is none,
 * but the others have one and counted this node, or never heard of it; or the operator says so: no
 * group and a new id. Such a member votes for nobody and stands for nothing until a leader has taken
 * it in. </ul>
 *
 * @param fresh there is no log yet
 */
record Start(String id, RaftGroup group, boolean fresh) {

    private static final Logger LOG = LoggerFactory.getLogger(Start.class);

    /** The group of a cluster, the same at each start. */
    static RaftGroupId group(RaftSettings settings) {
        return RaftGroupId.valueOf(UUID.nameUUIDFromBytes(
                ("siteswap " + settings.cluster()).getBytes(StandardCharsets.UTF_8)));
    }

    /** Ratis' client wants somebody to talk to; whoever leads is added when it is known. */
    RaftGroup forClient() {
        return group.getPeers().isEmpty()
                ? RaftGroup.valueOf(group.getGroupId(), RaftPeer.newBuilder().setId(id).build())
                : group;
    }

    /** @throws IOException when the folder cannot be used */
    static Start of(RaftSettings settings, boolean fresh, Inquiry inquiry, long salt)
            throws IOException {
        Path own = settings.folder().resolve("member");
        if (!fresh) {
            String id = Files.exists(own) ? Files.readString(own).strip() : settings.node();
            return new Start(id, known(settings, id), false);
        }
        if (settings.join() || forgotten(settings, inquiry)) {
            String id = MemberIds.fresh(settings.node(), salt);
            DurableFile.replace(own, id.getBytes(StandardCharsets.UTF_8));
            LOG.warn("{} has no log: it votes only when it is taken into the running group"
                    + " ('siteswap members')", settings.node());
            return new Start(id, RaftGroup.valueOf(group(settings)), true);
        }
        Files.deleteIfExists(own);
        return new Start(settings.node(), inFile(settings), true);
    }

    /**
     * Is there a group that runs without this node, or that has heard of it when it still had a log?
     * Members that do not answer are not waited for: somebody must be the first of a new cluster.
     */
    private static boolean forgotten(RaftSettings settings, Inquiry inquiry) {
        List<String> others = settings.members().stream()
                .filter(member -> !member.node().equals(settings.node()))
                .map(RaftSettings.Member::address).toList();
        return inquiry.askAll(others).values().stream()
                .filter(answer -> answer.ownCommitted() >= 0 && !answer.peers().isEmpty())
                .anyMatch(answer -> seat(answer.peers(), settings.node())
                        .map(id -> MemberIds.joined(id)
                                || answer.committed().getOrDefault(id, -1L) >= 0)
                        .orElse(true));
    }

    private static Optional<String> seat(List<RaftPeer> peers, String node) {
        return peers.stream().map(peer -> peer.getId().toString())
                .filter(id -> MemberIds.node(id).equals(node)).findFirst();
    }

    private static RaftGroup inFile(RaftSettings settings) {
        return RaftGroup.valueOf(group(settings), settings.members().stream()
                .map(m -> RaftPeer.newBuilder().setId(m.node()).setAddress(m.address()).build())
                .toList());
    }

    private static RaftGroup known(RaftSettings settings, String id) throws IOException {
        RaftGroupId group = group(settings);
        Path conf = settings.folder().resolve(group.getUuid().toString()).resolve("current")
                .resolve("raft-meta.conf");
        if (!Files.exists(conf)) {
            return MemberIds.joined(id) ? RaftGroup.valueOf(group) : inFile(settings);
        }
        Map<String, String> addresses = new HashMap<>();
        settings.members().forEach(m -> addresses.put(m.node(), m.address()));
        List<RaftPeer> peers = ProtoUtils.toRaftPeers(LogEntryProto
                .parseFrom(Files.readAllBytes(conf)).getConfigurationEntry().getPeersList());
        return RaftGroup.valueOf(group, peers.stream()
                .map(peer -> RaftPeer.newBuilder(peer).setAddress(addresses.getOrDefault(
                        MemberIds.node(peer.getId()), peer.getAddress())).build())
                .toList());
    }
}
