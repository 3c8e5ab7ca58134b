package io.siteswap.bgp.interop;

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
}
