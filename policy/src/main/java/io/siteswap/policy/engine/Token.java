package io.siteswap.policy.engine;

/**
 * A word, number, string or sign of a rule file.
 *
 * @param text as written, for strings without the quotes
 * @param line 1 is the first
 * @param column 1 is the first
 */
record Token(Kind kind, String text, int line, int column) {

    enum Kind {
        /** Letters, digits, {@code _} and {@code $}, not starting with a digit. */
        WORD,
        /** Digits. */
        NUMBER,
        /** Between double quotes. */
        STRING,
        /** Anything else, at most two characters. */
        SIGN,
        /** After the last one. */
        END
    }

    boolean is(String word) {
        return text.equals(word) && (kind == Kind.WORD || kind == Kind.SIGN);
    }

    boolean isVariable() {
        return kind == Kind.WORD && text.startsWith("$") && text.length() > 1;
    }

    /** For messages. */
    String shown() {
        return switch (kind) {
            case STRING -> '"' + text + '"';
            case END -> "the end of the file";
            case WORD, NUMBER, SIGN -> "'" + text + "'";
        };
    }
}
