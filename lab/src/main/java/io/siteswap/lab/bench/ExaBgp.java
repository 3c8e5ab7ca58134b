package io.siteswap.lab.bench;

import io.siteswap.lab.topology.Argv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** ExaBGP, told through a pipe. It keeps no table. */
final class ExaBgp implements Contender {

    @Override
    public String name() {
        return "exabgp";
    }

    @Override
    public Version version() {
        return Version.of("exabgp", "exabgp", "--version");
    }

    @Override
    public Optional<String> cannot(Case which) {
        return which == Case.C || which == Case.G
                ? Optional.empty()
                : Optional.of(which == Case.F ? "it has no BFD" : "it keeps no table");
    }

    @Override
    public Daemon start(Setup setup) throws IOException {
        Argv.check("mkfifo", setup.folder().resolve("api").toString());
        return new Running(setup);
    }

    private static String config(Setup setup) {
        var text = new StringBuilder("""
                process api {
                  run /bin/sh -c "exec cat <>%s";
                  encoder text;
                }
                """.formatted(setup.folder().resolve("api")));
        for (var peer : setup.peers()) {
            text.append("""
                    neighbor %s {
                      router-id 198.18.0.1;
                      local-address %s;
                      local-as %d;
                      peer-as %d;
                      hold-time 600;
                      passive true;
                      listen %d;
                      family { ipv4 unicast; }
                      api { processes [ api ]; }
                      static { route %s next-hop self; }
                    }
                    """.formatted(peer.address().getHostAddress(), TestBed.DAEMON_ADDRESS, AS,
                    peer.as(), TestBed.PORT, PREFIX));
        }
        return text.toString();
    }

    private static final class Running extends Daemon {
        private final Path pipe;

        Running(Setup setup) throws IOException {
            super(setup.folder(), List.of("env", "exabgp.daemon.user=root",
                    "exabgp.log.level=CRIT", "exabgp.api.ack=false", "exabgp.api.cli=false",
                    "exabgp.tcp.bind=" + TestBed.DAEMON_ADDRESS,
                    "exabgp.tcp.port=" + TestBed.PORT, "exabgp",
                    Files.writeString(setup.folder().resolve("exabgp.conf"), config(setup))
                            .toString()));
            this.pipe = setup.folder().resolve("api");
        }

        @Override
        long received() throws IOException {
            throw new IOException("it keeps no table");
        }

        @Override
        void greet() {
            // A pipe has nothing to say.
        }

        @Override
        void announce(int hops) throws IOException {
            var path = hops == 1
                    ? ""
                    : " as-path [" + (" " + AS).repeat(hops) + " ]";
            Files.writeString(pipe,
                    "announce route " + PREFIX + " next-hop self" + path + "\n",
                    StandardOpenOption.WRITE);
        }
    }
}
