package io.siteswap.bgp.wire;

/** Outcome of reading one piece of a message. */
public sealed interface Parsed<T> {

    record Value<T>(T value) implements Parsed<T> {
    }

    /** Its row of the table says what follows. */
    record Malformed<T>(String reason) implements Parsed<T> {
    }

    /** Readable but of no use here, e.g. LOCAL_PREF from an external neighbour. */
    record Ignored<T>(String reason) implements Parsed<T> {
    }
}
