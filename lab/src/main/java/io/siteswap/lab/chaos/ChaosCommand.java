package io.siteswap.lab.chaos;

import io.siteswap.lab.scenarios.Host;
import io.siteswap.lab.scenarios.LabCommand;
import io.siteswap.lab.scenarios.Timeline;
import io.siteswap.lab.topology.Topology;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code siteswap lab chaos}: seeded faults on the running lab, round after round. */
@Command(name = "chaos", mixinStandardHelpOptions = true, description = {
        "Breaks things at random in the running lab, round after round, and checks that at most one"
                + " site wrote, that the prefix was always routed and that one site serves again."
                + " See lab/README.md.",
        "Exit code: 0 all rounds were as they should be, 1 one was not, 2 it cannot run here."})
public final class ChaosCommand implements Callable<Integer> {

    @Mixin
    private LabCommand.Place place = new LabCommand.Place();

    @Option(names = "--rounds", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds = 10;

    @Option(names = "--seed", paramLabel = "S", description = "Names the faults of every round. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--from", paramLabel = "R", description = "Number of the first round, to see one again. Default: ${DEFAULT-VALUE}.")
    private int from = 1;

    @Option(names = "--list", description = "Prints the faults there are and ends.")
    private boolean list;

    @Option(names = "--json", description = "One JSON object per round, then one for all, on standard"
            + " output; text on standard error.")
    private boolean json;

    @Override
    public Integer call() {
        if (list) {
            Draw.every().sorted((a, b) -> a.word().compareTo(b.word()))
                    .forEach(System.out::println);
            return 0;
        }
        return LabCommand.sentence(() -> {
            if (rounds < 1) {
                throw new IOException("--rounds must be at least 1.");
            }
            Host.check();
            Clocks.environment();
            Topology topology = place.topology();
            return LabCommand.cleanedUp(topology, () -> report(run(topology)));
        });
    }

    /** @return exit code */
    private int report(Totals totals) {
        live().println(totals.summary());
        if (json) {
            System.out.println(totals.json());
        }
        return totals.good() ? 0 : 1;
    }

    private PrintStream live() {
        return json ? System.err : System.out;
    }

    private Totals run(Topology topology) throws IOException {
        Path folder = place.logs().resolve("chaos-" + seed);
        Files.createDirectories(folder);
        Path story = folder.resolve("timeline.log");
        live().println("seed " + seed + "; what happens is written to " + story);
        List<RoundReport> reports = new ArrayList<>();
        try (PrintStream out = new PrintStream(
                Files.newOutputStream(story, StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING),
                true, StandardCharsets.UTF_8);
                Arena arena = Arena.open(topology, new Timeline(out))) {
            if (!new Round(arena, seed, 0).recover()) {
                arena.saveLogs(folder);
                throw new IOException("the lab did not come up; see " + folder);
            }
            boolean back = true;
            for (int number = from; back && number < from + rounds; number++) {
                RoundReport report = new Round(arena, seed, number).play();
                reports.add(report);
                live().println(report.summary());
                if (json) {
                    System.out.println(report.json());
                }
                // What a lab does that did not come back from one round says nothing about the next.
                back = !report.activeAfter().isEmpty() && report.good();
            }
            arena.saveLogs(folder);
            return new Totals(reports, arena.orders().count());
        }
    }
}
