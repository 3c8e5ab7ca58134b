package io.siteswap.policy.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a rule may say: {@code say.score(...)} and its like. The methods are those of Say. */
enum Verb {
    LOST, SCORE, STANCE, HOLD, REFUSE, ALARM;

    /** What an argument must be. */
    enum Argument {
        /** Text literal or text variable: a service, a site. */
        NAME,
        /** A rung of the ladder. */
        RUNG,
        /** Whole number or an infinity. */
        VALUE,
        /** A sentence. */
        REASON
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of verdict that it makes, as rules read it. */
    String verdict() {
        return switch (this) {
            case LOST -> "SiteLost";
            case SCORE -> "Score";
            case STANCE -> "Stance";
            case HOLD -> "Hold";
            case REFUSE -> "Refuse";
            case ALARM -> "Alarm";
        };
    }

    List<Argument> arguments() {
        return switch (this) {
            case LOST, HOLD, ALARM -> List.of(Argument.NAME, Argument.REASON);
            case REFUSE -> List.of(Argument.NAME, Argument.NAME, Argument.REASON);
            case STANCE -> List.of(Argument.NAME, Argument.NAME, Argument.RUNG, Argument.REASON);
            case SCORE -> List.of(Argument.NAME, Argument.NAME, Argument.VALUE, Argument.REASON);
        };
    }

    static Optional<Verb> of(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word().equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Verb::word).toList();
    }
}
