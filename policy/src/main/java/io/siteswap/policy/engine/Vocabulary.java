package io.siteswap.policy.engine;

import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Health;
import io.siteswap.policy.facts.Rung;
import io.siteswap.policy.verdicts.Verdict;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every word that a rule may use: what it may read and what it may say. Closed on purpose, because
 * Drools itself would let a rule call anything in this process.
 *
 * @param facts fields by name of the fact or verdict
 */
record Vocabulary(Map<String, Map<String, ValueType>> facts, List<String> ladder) {

    /** What a field or variable holds. */
    enum ValueType {
        TEXT("text"), INT("a number"), LONG("a number"), BOOLEAN("true or false"), HEALTH(
                "a health");

        private final String shown;

        ValueType(String shown) {
            this.shown = shown;
        }

        String shown() {
            return shown;
        }

        boolean comparable(ValueType other) {
            return this == other || (isNumber() && other.isNumber());
        }

        boolean isNumber() {
            return this == INT || this == LONG;
        }
    }

    static Vocabulary of(List<String> ladder) {
        Map<String, Map<String, ValueType>> facts = new LinkedHashMap<>();
        for (Class<?> type : types()) {
            Map<String, ValueType> fields = new LinkedHashMap<>();
            for (RecordComponent component : type.getRecordComponents()) {
                fields.put(component.getName(), type(component.getType()));
            }
            facts.put(type.getSimpleName(), fields);
        }
        return new Vocabulary(facts, List.copyOf(ladder));
    }

    /** The records behind {@link #facts}. */
    static List<Class<?>> types() {
        List<Class<?>> types = new ArrayList<>();
        types.addAll(List.of(Fact.class.getPermittedSubclasses()));
        types.addAll(List.of(Verdict.class.getPermittedSubclasses()));
        types.add(Rung.class);
        return types;
    }

    private static ValueType type(Class<?> type) {
        return Stream.of(Map.entry(String.class, ValueType.TEXT),
                Map.entry(int.class, ValueType.INT), Map.entry(long.class, ValueType.LONG),
                Map.entry(boolean.class, ValueType.BOOLEAN),
                Map.entry(Health.class, ValueType.HEALTH))
                .filter(entry -> entry.getKey() == type).map(Map.Entry::getValue).findFirst()
                .orElseThrow(() -> new IllegalStateException("rules cannot read " + type));
    }

    /** {@code ; did you mean 'score'?}, or the list of words where none is near. */
    static String hint(String word, Collection<String> words) {
        return words.stream()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .filter(nearest -> distance(word, nearest) <= Math.max(1, nearest.length() / 2))
                .map(nearest -> "; did you mean '" + nearest + "'?")
                .orElseGet(() -> "; expected one of " + String.join(", ", words));
    }

    /** Edits between two words; letter case costs nothing, two swapped letters cost two. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                boolean same = Character.toLowerCase(left.charAt(i - 1)) == Character
                        .toLowerCase(right.charAt(j - 1));
                int next = Math.min(diagonal + (same ? 0 : 1), Math.min(row[j], row[j - 1]) + 1);
                diagonal = row[j];
                row[j] = next;
            }
        }
        return row[right.length()];
    }
}
