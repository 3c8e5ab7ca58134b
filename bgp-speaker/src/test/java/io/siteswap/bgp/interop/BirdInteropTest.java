package io.siteswap.bgp.interop;

/** Against BIRD 2. */
class BirdInteropTest extends InteropSuite {

    @Override
    Program program() {
        return Bird.PROGRAM;
    }

    @Override
    ForeignSpeaker launch(Setup setup) {
        return new Bird(setup);
    }

    @Override
    int longestPath() {
        return 300;
    }
}
