package io.siteswap.bgp.interop;

import java.util.Optional;

/** Against GoBGP. */
class GoBgpInteropTest extends InteropSuite {

    @Override
    Program program() {
        return GoBgp.PROGRAM;
    }

    @Override
    ForeignSpeaker launch(Setup setup) {
        return new GoBgp(setup);
    }

    @Override
    int longestPath() {
        // Given 300 in one segment, as its command line makes it, the API of gobgpd 3.10 hung up.
        return 250;
    }

    @Override
    boolean asksAgain() {
        return false;
    }

    @Override
    Optional<String> lacks(Feature feature) {
        return switch (feature) {
            case ROLE -> Optional.of("has no roles (RFC 9234)");
            case MD5, TTL_SECURITY, RESTART, RESTART_HELPER -> Optional.empty();
        };
    }
}
