package io.siteswap.monitor.guard;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line between a monitor and its guard: a word and what belongs to it. */
public sealed interface Line {

    /** Longer lines are nobody's. */
    int MAX_CHARS = 200;

    /** The monitor says who it is; always its first line. */
    record Hello(long pid) implements Line {
    }

    /**
     * The monitor may be active until then (monotonic clock of this machine, ns). From the guard, to a
     * monitor that has just come: what it has taken.
     */
    record Lease(String service, long epoch, long until) implements Line {
    }

    /** The lease is over and the monitor fences by itself; from the guard: the guard does. */
    record Fencing(String service, long epoch) implements Line {
    }

    /** The site is surely not active under this epoch or an older one. */
    record Clear(String service, long epoch) implements Line {
    }

    /** From the guard: this epoch's lease is on disk and will be enforced. */
    record Taken(String service, long epoch) implements Line {
    }

    /** From the guard: the site is surely not active under this epoch or an older one. */
    record Fenced(String service, long epoch) implements Line {
    }

    /** As it is sent, without the line's end. */
    default String text() {
        return switch (this) {
            case Hello it -> "monitor " + it.pid;
            case Lease it -> "lease " + it.service + " " + it.epoch + " " + it.until;
            case Fencing it -> "fencing " + it.service + " " + it.epoch;
            case Clear it -> "clear " + it.service + " " + it.epoch;
            case Taken it -> "taken " + it.service + " " + it.epoch;
            case Fenced it -> "fenced " + it.service + " " + it.epoch;
        };
    }

    /** The line of this text; empty when it is none. */
    static Optional<Line> parse(String text) {
        Matcher words = Words.FORM.matcher(text);
        if (text.length() > MAX_CHARS || !words.matches()) {
            return Optional.empty();
        }
        String service = words.group(2) == null ? "" : words.group(2);
        long number = Long.parseLong(words.group(3));
        Optional<Long> until = Optional.ofNullable(words.group(4)).map(Long::parseLong);
        boolean about = !service.isEmpty();
        return Optional.ofNullable(switch (words.group(1)) {
            case "monitor" -> about || until.isPresent() ? null : new Hello(number);
            case "lease" -> about && until.isPresent()
                    ? new Lease(service, number, until.get())
                    : null;
            case "fencing" -> about && until.isEmpty() ? new Fencing(service, number) : null;
            case "clear" -> about && until.isEmpty() ? new Clear(service, number) : null;
            case "taken" -> about && until.isEmpty() ? new Taken(service, number) : null;
            case "fenced" -> about && until.isEmpty() ? new Fenced(service, number) : null;
            case String _ -> null;
        });
    }

    /** Kept apart: an interface has no private constants. */
    final class Words {
        /** Eighteen digits: 31 years of nanoseconds, and never too long for a {@code long}. */
        private static final Pattern FORM = Pattern.compile("([a-z]{1,10})"
                + "(?: ([A-Za-z][A-Za-z0-9_-]{0,99}))? ([0-9]{1,18})(?: ([0-9]{1,18}))?");

        private Words() {
        }
    }
}
