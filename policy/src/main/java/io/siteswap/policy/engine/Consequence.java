package io.siteswap.policy.engine;

import io.siteswap.policy.engine.Token.Kind;
import io.siteswap.policy.engine.Verb.Argument;
import io.siteswap.policy.engine.Vocabulary.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one statement of a rule's {@code then} part: {@code say.verb(arguments);} with literals and
 * variables joined by {@code +}. Java compiles this text later, so nothing else may pass.
 */
final class Consequence {

    private final Cursor cursor;
    private final Vocabulary vocabulary;
    private final Map<String, ValueType> scope;
    private final boolean shipped;

    Consequence(Cursor cursor, Vocabulary vocabulary, Map<String, ValueType> scope,
            boolean shipped) {
        this.cursor = cursor;
        this.vocabulary = vocabulary;
        this.scope = scope;
        this.shipped = shipped;
    }

    Verb read() throws Malformed {
        cursor.expect("say", " or 'end', because a rule can only say verdicts");
        cursor.expect(".", " after 'say'");
        Token word = cursor.expect(Kind.WORD, "a verdict after 'say.'");
        Verb verb = Verb.of(word.text()).orElseThrow(() -> new Malformed(word,
                "there is no verdict 'say." + word.text() + "'"
                        + Vocabulary.hint(word.text(), Verb.words())));
        if (verb == Verb.LOST && !shipped) {
            throw new Malformed(word, "only the shipped rules declare a site lost, on two"
                    + " independent signals; score the site with Score.MINUS_INFINITY instead");
        }
        cursor.expect("(", "");
        List<Argument> arguments = verb.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            if (i > 0) {
                cursor.expect(",", "; say." + word.text() + " has " + arguments.size()
                        + " arguments");
            }
            argument(arguments.get(i));
        }
        cursor.expect(")", "; say." + word.text() + " has " + arguments.size() + " arguments");
        cursor.expect(";", "");
        return verb;
    }

    private void argument(Argument argument) throws Malformed {
        switch (argument) {
            case NAME -> name();
            case RUNG -> rung();
            case VALUE -> value();
            case REASON -> reason();
        }
    }

    private void name() throws Malformed {
        Token token = cursor.take();
        if (token.kind() != Kind.STRING && type(token) != ValueType.TEXT) {
            throw new Malformed(token, "expected a name, found " + token.shown() + ", which is "
                    + type(token).shown());
        }
    }

    private void rung() throws Malformed {
        Token token = cursor.peek();
        name();
        if (token.kind() == Kind.STRING && !vocabulary.ladder().contains(token.text())) {
            throw new Malformed(token, "the ladder has no rung " + token.shown()
                    + Vocabulary.hint(token.text(), vocabulary.ladder()));
        }
    }

    /** {@code [-] term ([+-*] term)*} over whole numbers. */
    private void value() throws Malformed {
        do {
            cursor.takeIf("-");
            Token token = cursor.take();
            if (token.is("Score")) {
                cursor.expect(".", " after 'Score'");
                Conditions.constant(cursor.take(), Conditions.INFINITIES);
            } else if (token.kind() == Kind.NUMBER) {
                Conditions.number(token);
            } else if (token.kind() == Kind.STRING || type(token) != ValueType.INT) {
                throw new Malformed(token, "expected a whole number, found " + token.shown());
            }
        } while (cursor.takeIf("+") || cursor.peek().is("-") || cursor.takeIf("*"));
    }

    /** Text and variables joined by {@code +}; begins with text, so that + never adds numbers. */
    private void reason() throws Malformed {
        Token first = cursor.take();
        boolean text = (first.kind() == Kind.STRING && !first.text().isBlank())
                || (first.isVariable() && type(first) == ValueType.TEXT);
        if (!text) {
            throw new Malformed(first, "expected the reason, a sentence that begins with text or"
                    + " a text variable, found " + first.shown());
        }
        while (cursor.takeIf("+")) {
            Token part = cursor.take();
            if (part.kind() != Kind.STRING) {
                type(part);
            }
        }
    }

    private ValueType type(Token token) throws Malformed {
        return Optional.ofNullable(scope.get(token.text()))
                .filter(type -> token.kind() == Kind.WORD)
                .orElseThrow(() -> new Malformed(token, token.isVariable()
                        ? String.valueOf(Conditions.unknown(token, scope).getMessage())
                        : "expected text in double quotes or a variable, found "
                                + token.shown()));
    }
}
