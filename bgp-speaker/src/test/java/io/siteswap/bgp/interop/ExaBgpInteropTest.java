package io.siteswap.bgp.interop;

import java.util.Optional;

/** Against ExaBGP. */
class ExaBgpInteropTest extends InteropSuite {

    @Override
    Program program() {
        return ExaBgp.PROGRAM;
    }

    @Override
    ForeignSpeaker launch(Setup setup) {
        return new ExaBgp(setup);
    }

    @Override
    int longestPath() {
        return 300;
    }

    @Override
    Optional<String> lacks(Feature feature) {
        return switch (feature) {
            case ROLE -> Optional.of("has no roles (RFC 9234)");
            case RESTART_HELPER -> Optional.of("keeps no table");
            case MD5, TTL_SECURITY, RESTART -> Optional.empty();
        };
    }

    @Override
    boolean saysWhy() {
        return false;
    }
}
