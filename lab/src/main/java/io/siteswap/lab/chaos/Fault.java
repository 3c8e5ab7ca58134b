package io.siteswap.lab.chaos;

import java.io.IOException;

/**
 * What breaks, where, and how it is taken back.
 *
 * @param word for people
 * @param target a site, {@code arb}, a node, or for cuts {@code FROM>TO}
 */
record Fault(String word, String target, Touches touches, Doing begin, Doing end) {

    /** Which of a site's promises it touches. */
    enum Touches {
        /** The site may stop announcing: another must go on. */
        ANNOUNCEMENT,
        /** The site's monitor or guard is not there. */
        GUARDING,
        /** Neither. */
        OTHER
    }

    /** Part of a fault; an error is an error of the lab, not a finding. */
    @FunctionalInterface
    interface Doing {
        void on(Arena arena) throws IOException;
    }

    /** For what is over as soon as it has happened. */
    static final Doing NOTHING = _ -> {
    };

    /** Can both happen in one round? */
    boolean goesWith(Fault other) {
        boolean fits = switch (touches) {
            // With both uplinks silent nobody can announce anything, whatever the controller does.
            case ANNOUNCEMENT -> other.touches != Touches.ANNOUNCEMENT
                    || other.target.equals(target);
            // Monitor and guard dead together are what docs/guard.md says it does not cover.
            case GUARDING -> other.touches != Touches.GUARDING || !other.target.equals(target);
            case OTHER -> true;
        };
        return fits && !(other.word.equals(word) && other.target.equals(target));
    }

    @Override
    public String toString() {
        return word + " (" + target + ")";
    }
}
