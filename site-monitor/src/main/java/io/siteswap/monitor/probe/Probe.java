package io.siteswap.monitor.probe;

/** Looks at one thing. Called by one thread at a time. */
interface Probe {

    /**
     * Looks once. May block for as long as it likes: the watch interrupts it after its
     * timeout, and sockets of virtual threads close when they are interrupted.
     *
     * @throws Exception when the thing did not answer; the message says why
     */
    Observation look() throws Exception;

    /** The observation that stands for a failed look. */
    Observation bad(String detail);

    /** Drops what is kept between looks. May be called from any thread. */
    default void reset() {
    }
}
