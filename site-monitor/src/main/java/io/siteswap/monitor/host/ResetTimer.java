package io.siteswap.monitor.host;

import java.io.IOException;
import java.time.Duration;

/**
 * A timer that resets the machine at its end, unless it is fed before. Linux' watchdog interface
 * ({@code Documentation/watchdog/watchdog-api.rst} of the kernel).
 */
public interface ResetTimer {

    /**
     * Starts it; it runs on when this process dies.
     *
     * @throws IOException with a sentence: no such device, it is in use, it cannot be so short
     */
    void start() throws IOException;

    /** Begins its time anew. */
    void feed() throws IOException;

    /** Stops it. */
    void stop() throws IOException;

    /** How long it runs without being fed. */
    Duration timeout();
}
