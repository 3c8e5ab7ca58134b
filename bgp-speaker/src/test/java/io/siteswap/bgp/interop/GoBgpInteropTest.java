package io.siteswap.bgp.interop;

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
        // Of more than 255 in one segment, as its command line makes it, gobgpd 3.10 dies.
        return 250;
    }

    @Override
    boolean asksAgain() {
        return false;
    }
}
