package io.siteswap.bgp.bfd.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.bgp.bfd.BfdState;
import io.siteswap.bgp.bfd.Change;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that remembers, in order. */
final class Heard implements BfdListener {

    private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();

    @Override
    public void changed(String key, Change change) {
        changes.add(change);
    }

    Change next() throws InterruptedException {
        Optional<Change> change = Optional.ofNullable(changes.poll(20, TimeUnit.SECONDS));
        return change.orElseThrow(() -> new AssertionError("nothing changed in 20 s"));
    }

    /** The next change to that state, whatever was before. */
    Change await(BfdState state) throws InterruptedException {
        Change change = next();
        while (change.state() != state) {
            change = next();
        }
        return change;
    }

    void assertNothing() {
        assertEquals(0, changes.size(), changes::toString);
    }
}
