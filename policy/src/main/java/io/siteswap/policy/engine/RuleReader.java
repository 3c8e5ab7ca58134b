package io.siteswap.policy.engine;

import io.siteswap.policy.engine.Token.Kind;
import io.siteswap.policy.engine.Vocabulary.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a rule file by our own, closed grammar: a subset of DRL whose rules can read facts and say
 * verdicts, and nothing else. Only a file without a problem is handed to Drools.
 */
final class RuleReader {

    /** One rule as far as checks need it. */
    record Rule(String name, Token at, Strata.Dependencies dependencies) {
    }

    private static final Map<String, String> REFUSED = Map.of(
            "import", "'import' is not allowed: facts and verdicts are known by their names",
            "global", "'global' is not allowed: rules have 'say' and nothing else",
            "function", "'function' is not allowed: rules cannot run code",
            "declare", "'declare' is not allowed: the facts are fixed",
            "query", "'query' is not allowed: write a rule",
            "dialect", "'dialect' is not allowed", "unit", "'unit' is not allowed",
            "salience",
            "'salience' is not allowed: rules that ask for the absence of a verdict wait for it by"
                    + " themselves");

    private final RuleSource source;
    private final Vocabulary vocabulary;
    private final List<Problem> problems;
    private final List<Rule> rules = new ArrayList<>();

    private RuleReader(RuleSource source, Vocabulary vocabulary, List<Problem> problems) {
        this.source = source;
        this.vocabulary = vocabulary;
        this.problems = problems;
    }

    /** The rules of a file; what is wrong with it is added to {@code problems}. */
    static List<Rule> read(RuleSource source, Vocabulary vocabulary, List<Problem> problems) {
        RuleReader reader = new RuleReader(source, vocabulary, problems);
        try {
            reader.file(new Cursor(Lexer.split(source.text())));
        } catch (Malformed malformed) {
            problems.add(malformed.in(source.file()));
        }
        return reader.rules;
    }

    private void file(Cursor cursor) throws Malformed {
        if (cursor.takeIf("package")) {
            packageName(cursor);
        }
        Set<String> names = new HashSet<>();
        while (cursor.peek().kind() != Kind.END) {
            try {
                Rule rule = rule(cursor);
                if (!names.add(rule.name())) {
                    throw new Malformed(rule.at(), "there are two rules of the name \""
                            + rule.name() + "\" in this file");
                }
                rules.add(rule);
            } catch (Malformed malformed) {
                problems.add(malformed.in(source.file()));
                // One problem per rule: what follows in it is often a consequence.
                do {
                    cursor.take();
                } while (!cursor.peek().is("rule") && cursor.peek().kind() != Kind.END);
            }
        }
    }

    private void packageName(Cursor cursor) throws Malformed {
        Token first = cursor.expect(Kind.WORD, "a name after 'package'");
        StringBuilder name = new StringBuilder(first.text());
        while (cursor.takeIf(".")) {
            name.append('.').append(cursor.expect(Kind.WORD, "a name after '.'").text());
        }
        cursor.takeIf(";");
        if (!source.shipped() && name.toString().startsWith("io.siteswap")) {
            throw new Malformed(first, "the package " + name
                    + " is reserved for the shipped rules; choose a name of your own");
        }
    }

    private Rule rule(Cursor cursor) throws Malformed {
        refuseKnown(cursor.peek());
        cursor.expect("rule", "");
        Token name = cursor.expect(Kind.STRING, "the rule's name in double quotes");
        refuseKnown(cursor.peek());
        cursor.expect("when", " after the rule's name; rules have no attributes");
        Conditions conditions = new Conditions(cursor, vocabulary, source.shipped());
        Map<String, ValueType> scope = conditions.read();
        cursor.expect("then", "");
        Set<String> says = new HashSet<>();
        do {
            says.add(new Consequence(cursor, vocabulary, scope, source.shipped()).read()
                    .verdict());
        } while (!cursor.takeIf("end"));
        return new Rule(name.text(), name,
                new Strata.Dependencies(says, conditions.reads(), conditions.denies()));
    }

    private static void refuseKnown(Token token) throws Malformed {
        String why = REFUSED.get(token.text());
        if (why != null && token.kind() == Kind.WORD) {
            throw new Malformed(token, why);
        }
    }
}
