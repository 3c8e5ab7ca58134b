package io.siteswap.lab.demo;

import java.io.PrintStream;
import java.util.Locale;

/** Prints what happens as it happens, with the time since the break. One clock: nanoTime here. */
final class Timeline {
    private static final double NANOS = 1e9;

    private final PrintStream out;
    private final boolean colours;
    private long zero = System.nanoTime();

    Timeline(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** Times are relative to this instant from now on. */
    synchronized void zero(long nanos) {
        zero = nanos;
    }

    /** @param who who says so, e.g. {@code arb} or {@code client} */
    synchronized void say(long at, String who, String what) {
        String line = String.format(Locale.ROOT, "%+9.3f s  %-9s %s", (at - zero) / NANOS, who,
                what);
        out.println(colours ? colour(who) + line + "\u001b[0m" : line);
        out.flush();
    }

    void say(String who, String what) {
        say(System.nanoTime(), who, what);
    }

    synchronized void plain(String line) {
        out.println(line);
        out.flush();
    }

    private static String colour(String who) {
        return switch (who) {
            case "demo" -> "\u001b[1m";
            case "client" -> "\u001b[32m";
            case "internet" -> "\u001b[36m";
            case "writer" -> "\u001b[35m";
            default -> "\u001b[0m";
        };
    }
}
