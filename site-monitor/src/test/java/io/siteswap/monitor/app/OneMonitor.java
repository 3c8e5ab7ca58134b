package io.siteswap.monitor.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration file of a cluster of one node, dc1, on free ports of the loopback. */
final class OneMonitor {

    private OneMonitor() {
    }

    /** Writes it, with no site but dc1. */
    static Path file(Path folder) throws IOException {
        return file(folder, "{dc1: {}}");
    }

    /** @param sites the block of that name */
    static Path file(Path folder, String sites) throws IOException {
        try (ServerSocket raft = free();
                ServerSocket heartbeat = free();
                ServerSocket api = free()) {
            return Files.writeString(folder.resolve("siteswap.yaml"), """
                    cluster: test
                    unsafe: true
                    data-dir: %s
                    sites: %s
                    nodes:
                      dc1:
                        site: dc1
                        raft: "127.0.0.1:%d"
                        heartbeat: "127.0.0.1:%d"
                        api: "127.0.0.1:%d"
                        speaker: {as: 64500, router-id: 198.18.0.1, neighbors: []}
                    services:
                      shop: {prefixes: ["203.0.113.0/24"], sites: [dc1]}
                    """.formatted(folder, sites, raft.getLocalPort(), heartbeat.getLocalPort(),
                    api.getLocalPort()));
        }
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
