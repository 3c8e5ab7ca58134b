package io.siteswap.policy.engine;

import io.siteswap.policy.engine.Token.Kind;
import io.siteswap.policy.engine.Vocabulary.ValueType;
import io.siteswap.policy.facts.Health;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the {@code when} part of a rule: patterns over facts and verdicts, {@code not} and
 * {@code exists}, comparisons of fields with literals and variables. Nothing in it can call code.
 */
final class Conditions {

    /** What Drools would accept here and we do not, each with what to do instead. */
    private static final Map<String, String> REFUSED = Map.of(
            "eval", "'eval' could run any code; compare fields in a pattern",
            "from", "'from' could read anything; rules only see the facts",
            "accumulate", "'accumulate' could run any code; use 'exists' and 'not'",
            "collect", "'collect' is not allowed; use 'exists' and 'not'",
            "groupby", "'groupby' is not allowed; use 'exists' and 'not'",
            "forall", "'forall' is not allowed; write not (... and not ...)",
            "or", "'or' is not allowed between patterns; write two rules",
            "over", "windows are not allowed; rules see no time");
    private static final Set<String> ORDERING = Set.of("<", "<=", ">", ">=");
    private static final Set<String> EQUALITY = Set.of("==", "!=");

    private final Cursor cursor;
    private final Vocabulary vocabulary;
    private final boolean shipped;
    private final Set<String> reads = new HashSet<>();
    private final Set<String> denies = new HashSet<>();

    Conditions(Cursor cursor, Vocabulary vocabulary, boolean shipped) {
        this.cursor = cursor;
        this.vocabulary = vocabulary;
        this.shipped = shipped;
    }

    Set<String> reads() {
        return reads;
    }

    Set<String> denies() {
        return denies;
    }

    /** Reads up to {@code then}; returns the variables that the consequence may use. */
    Map<String, ValueType> read() throws Malformed {
        Map<String, ValueType> scope = new HashMap<>();
        if (cursor.peek().is("then")) {
            throw new Malformed(cursor.peek(), "a rule needs at least one condition");
        }
        while (!cursor.peek().is("then")) {
            element(scope, false);
        }
        return scope;
    }

    private void element(Map<String, ValueType> scope, boolean denied) throws Malformed {
        Token token = cursor.peek();
        if (token.is("not") || token.is("exists")) {
            cursor.take();
            Map<String, ValueType> inner = new HashMap<>(scope);
            boolean inside = denied || token.is("not");
            if (cursor.takeIf("(")) {
                group(inner, inside);
            } else {
                pattern(inner, inside);
            }
        } else {
            pattern(scope, denied);
        }
    }

    private void group(Map<String, ValueType> scope, boolean denied) throws Malformed {
        do {
            element(scope, denied);
        } while (cursor.takeIf("and"));
        refuseKnown();
        cursor.expect(")", " or 'and'");
    }

    private void pattern(Map<String, ValueType> scope, boolean denied) throws Malformed {
        refuseKnown();
        Token name = cursor.peek();
        if (name.isVariable() && cursor.peekSecond().is(":")) {
            throw new Malformed(name, "a variable holds a field, not a whole fact; write it inside"
                    + " the parentheses as " + name.text() + " : field");
        }
        cursor.expect(Kind.WORD, "the name of a fact, 'not', 'exists' or 'then'");
        Map<String, ValueType> fields = vocabulary.facts().get(name.text());
        if (fields == null) {
            throw new Malformed(name, "there is no fact '" + name.text() + "'"
                    + Vocabulary.hint(name.text(), vocabulary.facts().keySet()));
        }
        (denied ? denies : reads).add(name.text());
        cursor.expect("(", " after the name of a fact");
        if (!cursor.takeIf(")")) {
            do {
                constraint(new Pattern(name.text(), fields, scope));
            } while (cursor.takeIf(","));
            cursor.expect(")", " or ','");
        }
        refuseKnown();
    }

    private void refuseKnown() throws Malformed {
        String why = REFUSED.get(cursor.peek().text());
        if (why != null && cursor.peek().kind() == Kind.WORD) {
            throw new Malformed(cursor.peek(), why);
        }
    }

    private record Pattern(String fact, Map<String, ValueType> fields,
            Map<String, ValueType> scope) {
    }

    private void constraint(Pattern pattern) throws Malformed {
        Token first = cursor.peek();
        if (first.isVariable() && cursor.peekSecond().is(":")) {
            cursor.take();
            cursor.take();
            ValueType type = field(pattern, cursor.take());
            if (pattern.scope().putIfAbsent(first.text(), type) != null) {
                throw new Malformed(first, "the variable " + first.text() + " is already in use;"
                        + " compare with it: field == " + first.text());
            }
            return;
        }
        disjunction(pattern);
    }

    private void disjunction(Pattern pattern) throws Malformed {
        do {
            do {
                if (cursor.takeIf("(")) {
                    disjunction(pattern);
                    cursor.expect(")", "");
                } else {
                    comparison(pattern);
                }
            } while (cursor.takeIf("&&"));
        } while (cursor.takeIf("||"));
    }

    private void comparison(Pattern pattern) throws Malformed {
        refuseKnownUnlessField(pattern);
        Token name = cursor.take();
        ValueType type = field(pattern, name);
        Token operator = cursor.take();
        if (operator.is("in") || (operator.is("not") && cursor.takeIf("in"))) {
            cursor.expect("(", " after 'in'");
            do {
                comparable(name, type, operator, pattern);
            } while (cursor.takeIf(","));
            cursor.expect(")", " or ','");
            return;
        }
        boolean ordering = ORDERING.contains(operator.text());
        if (operator.kind() != Kind.SIGN || (!ordering && !EQUALITY.contains(operator.text()))) {
            throw new Malformed(operator, "expected ==, !=, <, <=, >, >= or 'in' after the field '"
                    + name.text() + "', found " + operator.shown());
        }
        if (ordering && !type.isNumber() && type != ValueType.TEXT) {
            throw new Malformed(operator, "the field '" + name.text() + "' is " + type.shown()
                    + " and can only be compared with == and !=");
        }
        comparable(name, type, operator, pattern);
    }

    private void refuseKnownUnlessField(Pattern pattern) throws Malformed {
        if (!pattern.fields().containsKey(cursor.peek().text())) {
            refuseKnown();
        }
    }

    private ValueType field(Pattern pattern, Token name) throws Malformed {
        ValueType type = pattern.fields().get(name.text());
        if (type == null || name.kind() != Kind.WORD) {
            throw new Malformed(name, pattern.fact() + " has no field " + name.shown()
                    + Vocabulary.hint(name.text(), pattern.fields().keySet()));
        }
        if (cursor.peek().is(".") || cursor.peek().is("(")) {
            throw new Malformed(cursor.peek(), "a field cannot be called or opened; compare '"
                    + name.text() + "' as it is");
        }
        return type;
    }

    private void comparable(Token field, ValueType type, Token operator, Pattern pattern)
            throws Malformed {
        Token at = cursor.peek();
        ValueType found = operand(pattern.scope());
        if (!type.comparable(found)) {
            throw new Malformed(at, "the field '" + field.text() + "' is " + type.shown()
                    + " and cannot be compared by '" + operator.text() + "' with " + at.shown()
                    + ", which is " + found.shown());
        }
        // The shipped rules ask for rungs that a ladder of one's own may do without.
        if (!shipped && field.text().equals("rung") && at.kind() == Kind.STRING
                && !vocabulary.ladder().contains(at.text())) {
            throw new Malformed(at, "the ladder has no rung " + at.shown()
                    + Vocabulary.hint(at.text(), vocabulary.ladder()));
        }
    }

    /** A literal, a variable or a constant. */
    private ValueType operand(Map<String, ValueType> scope) throws Malformed {
        Token token = cursor.peek();
        if (token.is("-")) {
            cursor.take();
            return number(cursor.expect(Kind.NUMBER, "a number after '-'"));
        }
        cursor.take();
        return switch (token.kind()) {
            case STRING -> ValueType.TEXT;
            case NUMBER -> number(token);
            case WORD -> word(token, scope);
            case SIGN, END -> throw new Malformed(token, "expected a value, found "
                    + token.shown());
        };
    }

    private ValueType word(Token token, Map<String, ValueType> scope) throws Malformed {
        if (token.is("true") || token.is("false")) {
            return ValueType.BOOLEAN;
        }
        if (token.is("Health")) {
            cursor.expect(".", " after 'Health'");
            constant(cursor.take(), Arrays.stream(Health.values()).map(Enum::name).toList());
            return ValueType.HEALTH;
        }
        if (token.is("Score")) {
            cursor.expect(".", " after 'Score'");
            constant(cursor.take(), INFINITIES);
            return ValueType.INT;
        }
        return Optional.ofNullable(scope.get(token.text())).orElseThrow(() -> unknown(token,
                scope));
    }

    static final List<String> INFINITIES = List.of("INFINITY", "MINUS_INFINITY");

    static void constant(Token token, List<String> names) throws Malformed {
        if (!names.contains(token.text()) || token.kind() != Kind.WORD) {
            throw new Malformed(token, "there is no constant " + token.shown()
                    + Vocabulary.hint(token.text(), names));
        }
    }

    static Malformed unknown(Token token, Map<String, ValueType> scope) {
        if (!token.isVariable()) {
            return new Malformed(token, "expected text in double quotes, a number, true, false,"
                    + " Health.UP, Health.DOWN, Health.UNKNOWN or a variable, found "
                    + token.shown());
        }
        return new Malformed(token, scope.isEmpty()
                ? "no variable " + token.text() + " is bound before"
                : "no variable " + token.text() + " is bound before"
                        + Vocabulary.hint(token.text(), scope.keySet().stream().sorted()
                                .toList()));
    }

    static ValueType number(Token token) throws Malformed {
        // Nine digits always fit into an int, and no score needs more.
        if (token.text().length() > 9 || !token.text().chars().allMatch(Character::isDigit)
                || (token.text().length() > 1 && token.text().startsWith("0"))) {
            throw new Malformed(token, token.shown()
                    + " is not a number of at most nine digits without leading zeros");
        }
        return ValueType.INT;
    }
}
