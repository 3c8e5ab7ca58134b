package io.siteswap.lab.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One line of the result.
 *
 * @param variant what of the case, e.g. {@code cold}
 * @param updates UPDATE messages written to the daemon, or changes asked of it
 * @param figures absent when it could not be measured
 * @param note why not, or more about it
 */
record Row(Case which, String variant, String daemon, long updates, Optional<Figures> figures,
        String note) {

    /**
     * @param peakKilobytes VmHWM of the daemon when the case was over
     */
    record Figures(Duration wall, Duration cpu, long peakKilobytes) {
    }

    static Row measured(Case which, String variant, String daemon, long updates, Figures figures) {
        return new Row(which, variant, daemon, updates, Optional.of(figures), "");
    }

    static Row absent(Case which, String daemon, String why) {
        return new Row(which, "", daemon, 0, Optional.empty(), why);
    }

    static Row failed(Case which, String variant, String daemon, IOException why) {
        return new Row(which, variant, daemon, 0, Optional.empty(), "failed: " + why.getMessage());
    }

    Row noted(String more) {
        return new Row(which, variant, daemon, updates, figures, more);
    }

    boolean sameAs(Row other) {
        return which == other.which && variant.equals(other.variant);
    }

    /** The run with the median wall time; when none was measured, the first. */
    static Row median(List<Row> runs) {
        var measured = runs.stream().filter(row -> row.figures.isPresent())
                .sorted(Comparator.comparing(row -> row.figures.orElseThrow().wall())).toList();
        return measured.isEmpty() ? runs.getFirst() : measured.get((measured.size() - 1) / 2);
    }
}
