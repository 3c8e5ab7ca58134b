package io.siteswap.lab.bench;

import io.siteswap.lab.topology.Argv;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A BGP daemon that takes part. */
interface Contender {

    /** Own AS number of every daemon. */
    int AS = 64500;
    String PREFIX = "203.0.113.0/24";

    /** What the daemon is configured to do. */
    enum Role {
        /** Takes everything from everybody, tells nobody. */
        TABLE,
        /** Takes everything from everybody and passes it on. */
        TRANSIT,
        /** Announces {@link #PREFIX} to everybody, takes nothing worth mentioning. */
        ORIGIN,
        /**
         * Like {@link #ORIGIN}, at {@link TestBed#watched} instead of the usual address, one for
         * each neighbour, and BFD with each of them: 50 ms x 3, multihop.
         */
        WATCHED
    }

    /** @param folder empty, the daemon's own */
    record Setup(Role role, List<SimulatedPeer> peers, Path folder) {
    }

    /** As on the command line, e.g. {@code bird}. */
    String name();

    /** As printed in the header; why it cannot take part, if so. */
    Version version();

    /** Why it has no figures for the case; empty when it has. */
    Optional<String> cannot(Case which);

    /** Started, perhaps not yet ready; sessions come when the neighbours connect. */
    Daemon start(Setup setup) throws IOException;

    /** @param text version, or the reason why the daemon is absent */
    record Version(boolean present, String text) {

        /** The first line that the command prints. */
        static Version of(String debianPackage, String... argv) {
            try {
                var ended = Argv.run(List.of(argv), "");
                return new Version(ended.code() == 0, ended.output().lines().findFirst()
                        .orElse("").strip());
            } catch (IOException e) {
                return new Version(false,
                        argv[0] + " is not installed: apt-get install " + debianPackage);
            }
        }
    }
}
