package io.siteswap.bgp.interop;

/** Against FRR. */
class FrrInteropTest extends InteropSuite {

    @Override
    Program program() {
        return Frr.PROGRAM;
    }

    @Override
    ForeignSpeaker launch(Setup setup) {
        return new Frr(setup);
    }

    @Override
    int longestPath() {
        return 300;
    }
}
