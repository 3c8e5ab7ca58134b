package io.siteswap.bgp.interop;

import java.util.Optional;

/** Against OpenBGPD. */
class OpenBgpdInteropTest extends InteropSuite {

    @Override
    Program program() {
        return OpenBgpd.PROGRAM;
    }

    @Override
    ForeignSpeaker launch(Setup setup) {
        return new OpenBgpd(setup);
    }

    @Override
    int longestPath() {
        return 100;
    }

    @Override
    boolean anyPath() {
        return false;
    }

    @Override
    Optional<String> lacks(Feature feature) {
        return switch (feature) {
            case RESTART -> Optional.of("asks nobody to keep its routes");
            case MD5, TTL_SECURITY, RESTART_HELPER, ROLE -> Optional.empty();
        };
    }

    @Override
    Setup.Connects opensSigned() {
        return Setup.Connects.THEY;
    }
}
