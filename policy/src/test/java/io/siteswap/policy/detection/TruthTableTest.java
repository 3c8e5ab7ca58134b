package io.siteswap.policy.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The truth table of docs/detection.md is run, row by row, through the shipped packs and placement:
 * once as it stands, with dc1 as the holder, and once with the sites exchanged.
 *
 * <p>{@code -Dgolden.update=true} rewrites the sentences below the rows, never a verdict.
 */
class TruthTableTest {

    private static final Path PAGE = Path.of("..", "docs", "detection.md");
    private static final String BEGIN = "```truth";
    private static final String INDENT = "    ";

    /** The cases that the table must have, whatever else it has. */
    private static final List<String> MUST = List.of("all is well", "site dead",
            "provider blackhole", "inter-site link cut", "all paths between the sites cut",
            "arbiter dead", "arbiter isolated", "neither site has Internet", "one-way loss",
            "asymmetric", "gray failure", "monitor dead", "database dead",
            "all application servers dead", "half of the application servers dead",
            "slow but alive", "standby dead");

    private record Row(int line, String name, Vantage seen, String verdict, List<String> said) {
    }

    @TestFactory
    Stream<DynamicTest> everyRow() throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            rewrite();
        }
        return rows(Files.readAllLines(PAGE)).stream().flatMap(row -> Stream.of(
                DynamicTest.dynamicTest(row.name(), () -> check(row, false)),
                DynamicTest.dynamicTest(row.name() + ", sites exchanged",
                        () -> check(row, true))));
    }

    @Test
    void noNamedCaseIsMissing() throws IOException {
        List<String> names = rows(Files.readAllLines(PAGE)).stream().map(Row::name).toList();
        for (String must : MUST) {
            assertTrue(names.stream().anyMatch(it -> it.startsWith(must)), must);
        }
        assertEquals(names.size(), Set.copyOf(names).size(), "a name twice");
    }

    private static void check(Row row, boolean exchanged) {
        Judgement judged = Judgement
                .of(exchanged ? row.seen().mirrored() : row.seen().facts());
        String where = "docs/detection.md:" + row.line();
        assertEquals(row.verdict(), exchanged ? Mirror.of(judged.verdict()) : judged.verdict(),
                where);
        assertEquals(Set.copyOf(row.said()),
                judged.said().stream().map(it -> exchanged ? Mirror.of(it) : it)
                        .collect(Collectors.toSet()),
                where);
    }

    private static List<Row> rows(List<String> page) {
        List<Row> rows = new ArrayList<>();
        for (int i = page.indexOf(BEGIN) + 1; i < page.size(); i++) {
            String line = page.get(i);
            if (line.startsWith("```")) {
                return List.copyOf(rows);
            }
            if (line.contains("|") && !line.startsWith(" ") && !line.startsWith("case |")) {
                List<String> said = new ArrayList<>();
                int next = i + 1;
                while (page.get(next).startsWith(INDENT)) {
                    said.add(page.get(next++).strip());
                }
                rows.add(row(i + 1, line, said));
            }
        }
        throw new IllegalArgumentException("docs/detection.md has no block " + BEGIN);
    }

    private static Row row(int line, String text, List<String> said) {
        List<String> cells = Stream.of(text.split("\\|")).map(String::strip).toList();
        if (cells.size() != 9) {
            throw new IllegalArgumentException(
                    "docs/detection.md:" + line + ": 9 columns are expected: " + text);
        }
        return new Row(line, cells.get(0), new Vantage("dc1", marks(cells.get(1)),
                marks(cells.get(2)), marks(cells.get(3)), marks(cells.get(4)),
                marks(cells.get(5)), marks(cells.get(6)), cells.get(7)), cells.get(8), said);
    }

    private static String marks(String cell) {
        return cell.replace(" ", "");
    }

    private static void rewrite() throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        List<Row> rows = rows(page);
        List<String> next = new ArrayList<>();
        int at = 0;
        for (Row row : rows) {
            next.addAll(page.subList(at, row.line()));
            Judgement.of(row.seen().facts()).said().forEach(it -> next.add(INDENT + it));
            at = row.line() + row.said().size();
        }
        next.addAll(page.subList(at, page.size()));
        try {
            Files.write(PAGE, next);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
