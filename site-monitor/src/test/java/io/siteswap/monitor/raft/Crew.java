package io.siteswap.monitor.raft;

import io.siteswap.monitor.log.Ear;
import io.siteswap.monitor.log.Members;
import io.siteswap.monitor.quorum.Membership.Place;
import io.siteswap.monitor.quorum.Membership.Wanted;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.ratis.protocol.RaftPeer;

/** Members that come and go, on loopback in one process. What is in the file changes by the way. */
final class Crew extends Members<RaftLog> {

    private final Path folder;
    /** The file: node to address. */
    private final Map<String, String> file = new LinkedHashMap<>();
    private final Map<String, Path> folders = new LinkedHashMap<>();
    private final Set<String> joining = new HashSet<>();
    int snapshotEvery = 1000;

    Crew(Path folder, String... names) throws IOException {
        this.folder = folder;
        for (String name : names) {
            inFile(name);
        }
    }

    /** Puts a node into the file, or an old one at another address. */
    void inFile(String name) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            file.put(name, "127.0.0.1:" + free.getLocalPort());
        }
    }

    void outOfFile(String name) {
        file.remove(name);
    }

    /** As with {@code siteswap run --join}. */
    void openJoining(String name) throws IOException {
        joining.add(name);
        open(name);
    }

    void openAll(String... names) throws IOException {
        for (String name : names) {
            open(name);
        }
    }

    Wanted wanted() {
        return new Wanted(file.entrySet().stream()
                .map(it -> new Place(it.getKey(), it.getValue(), it.getKey())).toList());
    }

    String change(String at, String operator) throws Exception {
        return log(at).members().change(wanted(), operator);
    }

    RaftSettings settings(String name) {
        List<RaftSettings.Member> members = file.entrySet().stream()
                .map(it -> new RaftSettings.Member(it.getKey(), it.getValue(),
                        it.getKey().equals("arb")))
                .toList();
        String listen = file.getOrDefault(name, "");
        return new RaftSettings("test", name, members, listen, folder(name),
                Duration.ofMillis(300), Duration.ofMillis(600), List.of("shop"), snapshotEvery,
                Optional.empty(), joining.contains(name));
    }

    void folder(String name, Path path) {
        folders.put(name, path);
    }

    @Override
    protected Path folder(String name) {
        return folders.getOrDefault(name, folder.resolve(name).resolve("raft"));
    }

    @Override
    protected RaftLog opened(String name, Ear ear) throws IOException {
        return RaftLog.open(settings(name), ear);
    }

    /** Those that vote, as this one knows them. */
    Set<String> group(String at) {
        return log(at).division().getRaftConf().getCurrentPeers().stream()
                .map(peer -> MemberIds.node(peer.getId())).collect(Collectors.toSet());
    }

    String id(String name) {
        return log(name).division().getId().toString();
    }

    List<RaftPeer> peers(String... names) {
        return List.of(names).stream().map(name -> RaftPeer.newBuilder().setId(name)
                .setAddress(file.getOrDefault(name, "")).build()).toList();
    }

    /** The files of its log that are written to or were. */
    List<Path> segments(String name) throws IOException {
        try (var files = Files.walk(folder(name))) {
            return files.filter(f -> f.getFileName().toString().startsWith("log_")).sorted()
                    .toList();
        }
    }
}
