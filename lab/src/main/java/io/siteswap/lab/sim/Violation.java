package io.siteswap.lab.sim;

/** An invariant does not hold. The message says which, when, and what happened before. */
final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1;

    Violation(String message) {
        super(message);
    }
}
