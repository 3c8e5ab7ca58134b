package io.siteswap.bgp.interop;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/** Two IPv6 addresses of documentation space on the loopback device, for one test. */
final class LoopbackSix implements AutoCloseable {

    private final Setup setup;

    private LoopbackSix(Setup setup) {
        this.setup = setup;
    }

    static LoopbackSix of(Setup setup) throws IOException {
        LoopbackSix six = new LoopbackSix(setup);
        String said = six.change("replace", setup.ourAddress())
                + six.change("replace", setup.address());
        Assumptions.assumeTrue(said.isBlank(), "no IPv6 addresses can be added: " + said);
        return six;
    }

    private String change(String verb, String address) throws IOException {
        return ForeignSpeaker.ask("ip", "-6", "address", verb, address + "/128", "dev", "lo");
    }

    @Override
    public void close() throws IOException {
        String _ = change("del", setup.ourAddress());
        String _ = change("del", setup.address());
    }
}
