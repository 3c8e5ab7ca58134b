package io.siteswap.monitor.config;

import java.util.Comparator;

/**
 * Something wrong at one place of a configuration file.
 *
 * @param line from 1; 0 when the file as a whole cannot be read
 * @param column from 1
 * @param message what is wrong and what would be right
 */
public record Problem(String file, int line, int column,
        String message) implements Comparable<Problem> {

    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line).thenComparingInt(Problem::column)
            .thenComparing(Problem::message);

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column: message}, as compilers print it. */
    @Override
    public String toString() {
        return line == 0
                ? file + ": " + message
                : file + ":" + line + ":" + column + ": " + message;
    }
}
