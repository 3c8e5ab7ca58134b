package io.siteswap.monitor.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What the author of a misspelt word probably meant. */
final class NearestWord {

    private NearestWord() {
    }

    /** The nearest of {@code valid}; empty when nothing is near: more than a third would differ. */
    static Optional<String> of(String word, Collection<String> valid) {
        int limit = Math.max(1, word.length() / 3);
        return valid.stream().filter(v -> distance(word, v) <= limit)
                .min(Comparator.comparingInt((String v) -> distance(word, v))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Like {@link #of}, as the end of a message: a suggestion, or else all valid words. */
    static String hint(String word, Collection<String> valid) {
        return of(word, valid).map(v -> "did you mean '" + v + "'?")
                .orElseGet(() -> valid.isEmpty()
                        ? "there is none"
                        : "expected " + (valid.size() == 1 ? "" : "one of ")
                                + String.join(", ", valid));
    }

    /** Optimal string alignment: insertions, deletions, replacements and swapped neighbours. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : cell(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int cell(int[][] d, String a, String b, int i, int j) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(d[i - 1][j - 1] + cost, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
