package io.siteswap.bgp.interop;

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
}
