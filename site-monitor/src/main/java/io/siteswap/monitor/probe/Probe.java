package io.siteswap.monitor.probe;

/** Looks at one thing. Called by one thread at a time. */
interface Probe {

    /**
     * Looks once. May block for as long as it likes: after its timeout it is interrupted and {@link
     * #reset} is called, either of which must end it.
     *
     * @throws Exception when the thing did not answer; the message says why
     */
    Observation look() throws Exception;

    /** The observation that stands for a failed look. */
    Observation bad(String detail);

    /** Drops what is kept between looks, and what a look waits for. May be called from any thread. */
    default void reset() {
    }
}
