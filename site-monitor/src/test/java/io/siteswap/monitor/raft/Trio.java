package io.siteswap.monitor.raft;

import io.siteswap.monitor.log.Ear;
import io.siteswap.monitor.log.Members;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Three logs of one cluster on loopback, in one process. */
final class Trio extends Members<RaftLog> {

    private final List<RaftSettings.Member> members = new ArrayList<>();
    private final Path folder;
    private final int snapshotEvery;
    private final Map<String, Path> tls = new HashMap<>();

    Trio(Path folder, int snapshotEvery) throws IOException {
        this.folder = folder;
        this.snapshotEvery = snapshotEvery;
        List<ServerSocket> held = new ArrayList<>();
        for (String name : NAMES) {
            ServerSocket socket = new ServerSocket(0);
            held.add(socket);
            members.add(new RaftSettings.Member(name, "127.0.0.1:" + socket.getLocalPort(),
                    name.equals("arb")));
        }
        for (ServerSocket socket : held) {
            socket.close();
        }
    }

    RaftSettings settings(String name) {
        String listen = members.get(NAMES.indexOf(name)).address();
        return new RaftSettings("test", name, members, listen, folder(name),
                Duration.ofMillis(300), Duration.ofMillis(600), List.of("shop"), snapshotEvery,
                Optional.ofNullable(tls.get(name)), false);
    }

    /** Where it has its certificates; without, it talks in plain text. */
    Trio certified(String name, Path certificates) {
        tls.put(name, certificates);
        return this;
    }

    @Override
    protected Path folder(String name) {
        return folder.resolve(name).resolve("raft");
    }

    @Override
    protected RaftLog opened(String name, Ear ear) throws IOException {
        return RaftLog.open(settings(name), ear);
    }
}
