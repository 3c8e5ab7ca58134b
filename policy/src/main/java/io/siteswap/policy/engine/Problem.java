package io.siteswap.policy.engine;

/**
 * One error in a rule file.
 *
 * @param line 1 is the first; 0 when the whole file is meant
 * @param column 1 is the first
 * @param message one sentence: what was expected, and the nearest valid word where there is one
 */
public record Problem(String file, int line, int column, String message) {

    /** {@code file:line:column: message}. */
    public String text() {
        return line == 0
                ? file + ": " + message
                : file + ":" + line + ":" + column + ": " + message;
    }
}
