package io.siteswap.lab.bench;

import io.siteswap.lab.bench.Row.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the run has found, for people, for Markdown and for programs.
 *
 * @param versions daemon to version, or to the reason why it is absent
 */
record Report(Machine machine, int prefixes, int runs, Map<String, String> versions,
        List<Row> rows) {

    private static final String REFERENCE = "bird";
    private static final List<String> HEADINGS = List.of("case", "daemon", "wall", "CPU",
            "peak MB", "updates", "x BIRD", "note");
    private static final double MEGABYTE = 1024;

    Report {
        rows = List.copyOf(rows);
    }

    static String time(long nanos) {
        double millis = nanos / 1e6;
        return millis < 1000
                ? String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.0f ms",
                        millis)
                : String.format(Locale.ROOT, "%.2f s", millis / 1000);
    }

    /** The lines above the table. */
    List<String> header() {
        var lines = new ArrayList<String>();
        lines.add("machine: " + machine.describe());
        versions.forEach((daemon, version) -> lines.add(daemon + ": " + version));
        lines.add("prefixes: " + prefixes + "; runs: " + runs + (runs > 1 ? " (median)" : ""));
        return lines;
    }

    String text() {
        var table = table();
        var out = new StringBuilder(String.join("\n", header())).append("\n\n");
        var widths = new int[HEADINGS.size()];
        for (var line : table) {
            for (int i = 0; i < line.size(); i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (var line : table) {
            var text = new StringBuilder();
            for (int i = 0; i < line.size(); i++) {
                boolean left = i < 2 || i == line.size() - 1;
                text.append(("%" + (left ? "-" : "") + Math.max(1, widths[i]) + "s  ")
                        .formatted(line.get(i)));
            }
            out.append(text.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    String markdown() {
        var out = new StringBuilder();
        header().forEach(line -> out.append("- ").append(line).append('\n'));
        out.append('\n');
        var table = table();
        for (int i = 0; i < table.size(); i++) {
            out.append("| ").append(String.join(" | ", table.get(i))).append(" |\n");
            if (i == 0) {
                out.append("|---|---|--:|--:|--:|--:|--:|---|\n");
            }
        }
        return out.toString();
    }

    String json() {
        var all = new LinkedHashMap<String, Object>();
        all.put("machine", machine);
        all.put("versions", versions);
        all.put("prefixes", prefixes);
        all.put("runs", runs);
        all.put("rows", rows.stream().map(this::json).toList());
        return JsonMapper.shared().writeValueAsString(all);
    }

    private Map<String, Object> json(Row row) {
        var json = new LinkedHashMap<String, Object>();
        json.put("case", row.which().letter());
        json.put("variant", row.variant());
        json.put("daemon", row.daemon());
        json.put("updates", row.updates());
        row.figures().ifPresent(figures -> {
            json.put("wallMs", figures.wall().toNanos() / 1e6);
            json.put("cpuMs", figures.cpu().toMillis());
            json.put("peakRssKb", figures.peakKilobytes());
        });
        ratio(row).ifPresent(ratio -> json.put("ratioToBird", ratio));
        json.put("note", row.note());
        return json;
    }

    private List<List<String>> table() {
        var lines = new ArrayList<List<String>>();
        lines.add(HEADINGS);
        for (var row : rows) {
            lines.add(List.of((row.which().letter() + " " + row.variant()).strip(), row.daemon(),
                    cell(row, figures -> time(figures.wall().toNanos())),
                    cell(row, figures -> time(figures.cpu().toNanos())),
                    cell(row, figures -> "%.0f".formatted(figures.peakKilobytes() / MEGABYTE)),
                    row.figures().isPresent() ? "%,d".formatted(row.updates()) : "n/a",
                    ratio(row).map("%.2f"::formatted).orElse(""), row.note()));
        }
        return lines;
    }

    private static String cell(Row row, java.util.function.Function<Figures, String> text) {
        return row.figures().map(text).orElse("n/a");
    }

    /** Wall time compared with BIRD's in the same run. */
    private Optional<Double> ratio(Row row) {
        return rows.stream().filter(r -> r.daemon().equals(REFERENCE) && r.sameAs(row)).findFirst()
                .flatMap(Row::figures).map(Figures::wall).filter(Duration::isPositive)
                .flatMap(reference -> row.figures()
                        .map(figures -> (double) figures.wall().toNanos() / reference.toNanos()));
    }
}
