package io.siteswap.monitor.raft;

import io.siteswap.monitor.config.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** Our settings in Ratis' terms. */
final class RatisProperties {

    /** A renewal is about 150 bytes: a segment closes, and can be purged, every few minutes. */
    private static final String SEGMENT = "512KB";
    private static final String PREALLOCATED = "64KB";
    /** Below this much free space Ratis refuses to start, before the disk is full for real. */
    static final String FREE_SPACE = "16MB";

    /** A new member that says nothing for so long ends the change that would take it in. */
    private static final TimeDuration STAGING = TimeDuration.valueOf(3, TimeUnit.SECONDS);

    private RatisProperties() {
    }

    static RaftProperties of(RaftSettings settings, Path folder) {
        RaftProperties p = new RaftProperties();
        storage(p, settings, folder);
        elections(p, settings);
        RaftServerConfigKeys.setStagingTimeout(p, STAGING);
        network(p, settings);
        threads(p);
        return p;
    }

    private static void storage(RaftProperties p, RaftSettings settings, Path folder) {
        RaftServerConfigKeys.setStorageDir(p, List.of(folder.toFile()));
        RaftServerConfigKeys.setStorageFreeSpaceMin(p, SizeInBytes.valueOf(FREE_SPACE));
        RaftServerConfigKeys.Log.setSegmentSizeMax(p, SizeInBytes.valueOf(SEGMENT));
        RaftServerConfigKeys.Log.setPreallocatedSize(p, SizeInBytes.valueOf(PREALLOCATED));
        RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(p, true);
        RaftServerConfigKeys.Log.setPurgeGap(p, Math.max(1, settings.snapshotEvery() / 4));
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(p, true);
        RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(p, settings.snapshotEvery());
        RaftServerConfigKeys.Snapshot.setCreationGap(p, 1);
        RaftServerConfigKeys.Snapshot.setRetentionFileNum(p, 2);
    }

    private static void elections(RaftProperties p, RaftSettings settings) {
        TimeDuration min = time(settings.electionMin());
        TimeDuration max = time(settings.electionMax());
        RaftServerConfigKeys.Rpc.setTimeoutMin(p, min);
        RaftServerConfigKeys.Rpc.setTimeoutMax(p, max);
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(p, min);
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(p, max);
        RaftServerConfigKeys.Rpc.setRequestTimeout(p, max);
        // After losing its quorum a leader would else not stand again for 10 s.
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(p,
                TimeDuration.ONE_SECOND);
        // A follower that was away is tried often: by default the leader would, after a while, call
        // it every 5 s only, and a follower that hears nothing that long stands for election.
        RaftServerConfigKeys.Log.Appender.setRetryPolicy(p,
                "1ms,10, " + settings.electionMin().toMillis() / 3 + "ms,1000000");
        // A pause of the whole process must not look like a reason to shut down.
        RaftServerConfigKeys.setCloseThreshold(p, TimeDuration.valueOf(1, TimeUnit.HOURS));
        RaftServerConfigKeys.RetryCache.setExpiryTime(p, time(Duration.ofSeconds(20)));
    }

    private static void network(RaftProperties p, RaftSettings settings) {
        HostPort listen = HostPort.parse(settings.listen());
        GrpcConfigKeys.Server.setHost(p, listen.host());
        GrpcConfigKeys.Server.setPort(p, listen.port());
        RaftClientConfigKeys.Rpc.setRequestTimeout(p, time(settings.electionMax()));
    }

    /** Three peers and a few entries a second need no pools of many threads. */
    private static void threads(RaftProperties p) {
        GrpcConfigKeys.Server.setAsyncRequestThreadPoolSize(p, 4);
        GrpcConfigKeys.Server.setBossGroupSize(p, 1);
        GrpcConfigKeys.Server.setWorkerGroupSize(p, 2);
        RaftServerConfigKeys.ThreadPool.setServerSize(p, 4);
        RaftServerConfigKeys.ThreadPool.setClientSize(p, 4);
        RaftServerConfigKeys.ThreadPool.setProxySize(p, 4);
    }

    private static TimeDuration time(Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
