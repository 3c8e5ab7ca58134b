package io.siteswap.lab.bench;

import io.siteswap.bgp.app.CompilerThreads;
import io.siteswap.bgp.app.TimeSlice;
import io.siteswap.lab.topology.Argv;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code siteswap bench bgp}. */
@Command(name = "bgp", mixinStandardHelpOptions = true, description = {
        "Measures the speaker and the other BGP daemons that are installed, one after the other,"
                + " each in a network namespace (root, Linux). See docs/benchmarks.md.",
        "Exit code: 0 measured, 2 it could not be run."})
public final class BgpBench implements Callable<Integer> {

    private static final List<Contender> CONTENDERS = List.of(new Bird(), new SiteswapSpeaker(),
            new Frr(), new GoBgp(), new ExaBgp());

    @Option(names = "--case", split = ",", paramLabel = "LETTER", description = "Cases a to g, separated by commas; default: all.")
    private List<String> cases = List.of("a", "b", "c", "d", "e", "f", "g");
    @Option(names = "--peers", split = ",", paramLabel = "NAME", description = "Which of bird, siteswap, frr, gobgp, exabgp; default: all.")
    private List<String> peers = CONTENDERS.stream().map(Contender::name).toList();
    @Option(names = "--prefixes", defaultValue = "1000000", description = "Size of the table; default: ${DEFAULT-VALUE}.")
    private int prefixes = 1_000_000;
    @Option(names = "--runs", defaultValue = "1", description = "Repeats each case and takes the median; default: ${DEFAULT-VALUE}.")
    private int runs = 1;
    @Option(names = "--minutes", defaultValue = "10", description = "How long case f takes for each daemon; default: ${DEFAULT-VALUE}.")
    private int minutes = 10;
    @Option(names = "--json", description = "Prints one JSON object instead of a table.")
    private boolean json;
    @Option(names = "--markdown", description = "Prints the table as Markdown.")
    private boolean markdown;

    @Override
    public Integer call() {
        try {
            var report = measure();
            System.out.println(json
                    ? report.json()
                    : markdown ? report.markdown() : report.text());
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("siteswap bench: " + e.getMessage());
            return 2;
        }
    }

    private Report measure() throws IOException {
        check();
        // What is measured are the daemons, not how our own compiler gets in our way.
        CompilerThreads.stepBack();
        TimeSlice.shorten();
        var wanted = new LinkedHashSet<Case>();
        for (var letter : cases) {
            wanted.add(which(letter));
        }
        var versions = new LinkedHashMap<String, String>();
        var present = new ArrayList<Contender>();
        for (var contender : contenders()) {
            var version = contender.version();
            versions.put(contender.name(), version.text());
            if (version.present()) {
                present.add(contender);
            }
        }
        var rows = new ArrayList<Row>();
        Machine machine;
        try (var bed = new Guard(TestBed.make())) {
            machine = Machine.here(bed.bed.freshFolder());
            var measurement = new Measurement(bed.bed, prefixes, Duration.ofMinutes(minutes));
            for (var which : wanted) {
                for (var contender : present) {
                    rows.addAll(repeated(measurement, which, contender));
                }
            }
        }
        return new Report(machine, prefixes, runs, versions, rows);
    }

    private void check() throws IOException {
        if (prefixes < 1000 || prefixes > 2_000_000) {
            throw new IllegalArgumentException("--prefixes must be between 1000 and 2000000.");
        }
        if (runs < 1) {
            throw new IllegalArgumentException("--runs must be at least 1.");
        }
        if (minutes < 1) {
            throw new IllegalArgumentException("--minutes must be at least 1.");
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new IOException("network namespaces need root; run it as root.");
        }
        Argv.check("ip", "-V");
    }

    private static Case which(String letter) {
        try {
            return Case.valueOf(letter.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("there is no case '" + letter + "'; it takes a to"
                    + " g.", e);
        }
    }

    private List<Contender> contenders() {
        var names = CONTENDERS.stream().map(Contender::name).toList();
        for (var peer : peers) {
            if (!names.contains(peer)) {
                throw new IllegalArgumentException("there is no peer '" + peer + "'; it takes "
                        + String.join(", ", names) + ".");
            }
        }
        return CONTENDERS.stream().filter(contender -> peers.contains(contender.name())).toList();
    }

    private List<Row> repeated(Measurement measurement, Case which, Contender contender) {
        var cannot = contender.cannot(which);
        if (cannot.isPresent()) {
            return List.of(Row.absent(which, contender.name(), cannot.get()));
        }
        Map<String, List<Row>> variants = new LinkedHashMap<>();
        for (int i = 0; i < runs; i++) {
            System.err.println("siteswap bench: " + which.letter() + ", " + which.what() + ": "
                    + contender.name() + (runs > 1 ? ", run " + (i + 1) : ""));
            for (var row : once(measurement, which, contender)) {
                variants.computeIfAbsent(row.variant(), _ -> new ArrayList<>()).add(row);
            }
        }
        return variants.values().stream().map(Row::median).toList();
    }

    private static List<Row> once(Measurement measurement, Case which, Contender contender) {
        try {
            return measurement.run(which, contender);
        } catch (IOException e) {
            return List.of(Row.failed(which, "", contender.name(), e));
        }
    }

    /** Removes the test bed also when the run is stopped by a signal. */
    private static final class Guard implements AutoCloseable {
        private final TestBed bed;
        private final Thread hook;

        Guard(TestBed bed) {
            this.bed = bed;
            this.hook = new Thread(this::remove, "bench-cleaner");
            Runtime.getRuntime().addShutdownHook(hook);
        }

        private void remove() {
            try {
                bed.close();
            } catch (IOException e) {
                System.err.println("siteswap bench: not all was removed: " + e.getMessage());
            }
        }

        @Override
        public void close() {
            Runtime.getRuntime().removeShutdownHook(hook);
            remove();
        }
    }
}
