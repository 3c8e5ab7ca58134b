package io.siteswap.lab.bench;

import io.siteswap.bgp.app.NeighborView;
import io.siteswap.bgp.app.SpeakerClient;
import io.siteswap.bgp.app.StanceReply;
import io.siteswap.lab.topology.Argv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Our own, as {@code siteswap speaker} starts it. */
final class SiteswapSpeaker implements Contender {

    private static final String SERVICE = "bench";
    private static final String WITH_BFD = ", multihop: 64, bfd: {transmit: 50ms, receive: 50ms, multiplier: 3, multihop: true}";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Path LAUNCHER = Path
            .of(System.getProperty("siteswap.home", ""), "siteswap").toAbsolutePath();

    @Override
    public String name() {
        return "siteswap";
    }

    @Override
    public Version version() {
        return Files.isExecutable(LAUNCHER)
                ? new Version(true, "Siteswap, Java " + Runtime.version())
                : new Version(false, "there is no launcher at " + LAUNCHER);
    }

    @Override
    public Optional<String> cannot(Case which) {
        return Optional.empty();
    }

    @Override
    public Daemon start(Setup setup) throws IOException {
        return new Running(setup, command(setup.folder()));
    }

    static List<String> command(Path folder) throws IOException {
        return command("speaker", folder, "dc1");
    }

    /** What the launcher would run, without its look for sources that are newer. */
    static List<String> command(String what, Path folder, String node) throws IOException {
        return Argv.check("env", "SITESWAP_PRINT=1", LAUNCHER.toString(), what, "--config",
                folder.resolve("siteswap.yaml").toString(), "--node", node).lines().toList();
    }

    private static String config(Setup setup) {
        var text = new StringBuilder("""
                cluster: bench
                data-dir: %s
                unsafe: true
                sites:
                  dc1: {}
                nodes:
                  dc1:
                    site: dc1
                    raft: "127.0.0.1:7101"
                    heartbeat: "127.0.0.1:7102"
                    api: "127.0.0.1:7103"
                    speaker:
                      as: %d
                      router-id: 198.18.0.1
                      listen: "%s:%d"
                      hold: 600s
                      flap-budget: {changes: 1000, within: 100ms}
                      neighbors:
                """.formatted(setup.folder(), AS,
                setup.role() == Role.WATCHED ? "0.0.0.0" : TestBed.DAEMON_ADDRESS, TestBed.PORT));
        for (int i = 0; i < setup.peers().size(); i++) {
            text.append("        - {name: p%d, address: %s, as: %d, passive: true%s}\n".formatted(
                    i, setup.peers().get(i).address().getHostAddress(), setup.peers().get(i).as(),
                    switch (setup.role()) {
                        case TRANSIT -> ", export: all";
                        case WATCHED -> ", local: " + TestBed.watched(i) + WITH_BFD;
                        case TABLE, ORIGIN -> "";
                    }));
        }
        return text.append("""
                ladder:
                  best: {prepends: 0}
                  normal: {prepends: 2}
                services:
                  %s:
                    prefixes: ["%s"]
                    sites: [dc1]
                """.formatted(SERVICE, PREFIX)).toString();
    }

    private static final class Running extends Daemon {
        private final SpeakerClient client;
        private long epoch;

        Running(Setup setup, List<String> command) throws IOException {
            super(written(setup), command);
            this.client = new SpeakerClient(setup.folder().resolve("dc1/bgp.sock"), PATIENCE);
        }

        private static Path written(Setup setup) throws IOException {
            Files.writeString(setup.folder().resolve("siteswap.yaml"), config(setup));
            return setup.folder();
        }

        @Override
        long received() throws IOException {
            return client.neighbors().stream().mapToLong(NeighborView::received).sum();
        }

        @Override
        void announce(int hops) throws IOException {
            epoch++;
            var reply = client.setStance(SERVICE, epoch, PREFIX, hops == 1 ? "best" : "normal");
            if (reply instanceof StanceReply.Refused refused) {
                throw new IOException("the speaker refused: " + refused.reason());
            }
        }

        @Override
        public void close() {
            client.close();
            super.close();
        }
    }
}
