package io.siteswap.monitor.raft;

import io.siteswap.monitor.log.Codec;
import io.siteswap.monitor.log.DurableFile;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Quorum;
import io.siteswap.monitor.quorum.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.LifeCycle;
import org.apache.ratis.util.MD5FileUtil;

/** One monitor's copy of the replicated state: applies entries, writes and reads snapshots. */
final class Replica extends BaseStateMachine {

    /** What happens here, told on Ratis' own threads: return at once. */
    interface Events {
        void applied(Command command, Reply reply, ClusterState state);

        /** Who leads may have changed. */
        void leadership();

        /** Who votes has been decided, not for the first time perhaps. */
        void members(RaftConfigurationProto group);

        /** The leader says that this is no member. */
        void dismissed();

        /** This replica cannot go on. */
        void failed(String why);
    }

    private final String cluster;
    private final List<String> services;
    private final Events events;
    private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
    private volatile ClusterState state;

    Replica(String cluster, List<String> services, Events events) {
        this.cluster = cluster;
        this.services = List.copyOf(services);
        this.events = events;
        this.state = Quorum.initial(services);
    }

    ClusterState state() {
        return state;
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage raftStorage)
            throws IOException {
        getLifeCycle().startAndTransition(() -> {
            super.initialize(server, group, raftStorage);
            storage.init(raftStorage);
            restore(storage.loadLatestSnapshot());
        }, IOException.class);
    }

    @Override
    public void pause() {
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    /** Called after a snapshot has arrived from the leader. */
    @Override
    public void reinitialize() throws IOException {
        restore(storage.loadLatestSnapshot());
        if (getLifeCycleState() == LifeCycle.State.PAUSED) {
            getLifeCycle().transition(LifeCycle.State.STARTING);
            getLifeCycle().transition(LifeCycle.State.RUNNING);
        }
    }

    private void restore(@org.jspecify.annotations.Nullable SingleFileSnapshotInfo latest)
            throws IOException {
        if (latest == null) {
            return;
        }
        Path file = latest.getFile().getPath();
        if (MD5FileUtil.getDigestFileForFile(file.toFile()).exists()) {
            MD5FileUtil.verifySavedMD5(file.toFile(), MD5FileUtil.computeMd5ForFile(file.toFile()));
        }
        Codec.Snapshot snapshot = Codec.snapshot(Files.readAllBytes(file));
        if (!snapshot.cluster().equals(cluster)) {
            throw new IOException("snapshot " + file + " belongs to cluster "
                    + snapshot.cluster());
        }
        state = Quorum.withServices(snapshot.state(), services);
        updateLastAppliedTermIndex(latest.getTermIndex());
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        LogEntryProto entry = transaction.getLogEntry();
        ByteString data = entry.getStateMachineLogEntry().getLogData();
        try {
            Command command = Codec.command(data.toByteArray());
            Quorum.Applied applied = Quorum.apply(state, command);
            state = applied.next();
            updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
            events.applied(command, applied.reply(), applied.next());
            return CompletableFuture.completedFuture(
                    Message.valueOf(ByteString.copyFrom(Codec.reply(applied.reply()))));
        } catch (IOException e) {
            events.failed("entry " + entry.getIndex() + " of the log is " + e.getMessage());
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public long takeSnapshot() throws IOException {
        TermIndex last = getLastAppliedTermIndex();
        Path file = storage.getSnapshotFile(last.getTerm(), last.getIndex()).toPath();
        DurableFile.replace(file, Codec.snapshot(cluster, state));
        MD5Hash hash = MD5FileUtil.computeAndSaveMd5ForFile(file.toFile());
        storage.updateLatestSnapshot(
                new SingleFileSnapshotInfo(new FileInfo(file, hash), last));
        return last.getIndex();
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return storage;
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId leader) {
        events.leadership();
    }

    @Override
    public void notifyLeaderReady() {
        events.leadership();
    }

    @Override
    public void notifyConfigurationChanged(long term, long index, RaftConfigurationProto group) {
        events.members(group);
    }

    @Override
    public void notifyServerShutdown(RoleInfoProto role, boolean everything) {
        if (!everything) {
            events.dismissed();
        }
    }

    @Override
    public void notifyLogFailed(Throwable cause, LogEntryProto entry) {
        events.failed("the log cannot be written: " + cause.getMessage());
    }
}
