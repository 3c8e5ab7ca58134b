package io.siteswap.policy.engine;

/** Ends the reading of one rule; becomes a {@link Problem} at the token's place. */
final class Malformed extends Exception {

    private final int line;
    private final int column;

    Malformed(Token at, String message) {
        this(at.line(), at.column(), message);
    }

    Malformed(int line, int column, String message) {
        super(message);
        this.line = line;
        this.column = column;
    }

    Problem in(String file) {
        return new Problem(file, line, column, String.valueOf(getMessage()));
    }
}
