package io.siteswap.lab.scenarios;

import io.siteswap.lab.topology.Topology;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code siteswap lab run}: each scenario on a fresh lab; 0 when all end as they should. */
@Command(name = "run", description = "Runs a scenario, or all of them, each on a fresh lab.")
final class LabRun implements Callable<Integer> {

    @Mixin
    private LabCommand.Place place = new LabCommand.Place();

    @Parameters(paramLabel = "SCENARIO", arity = "0..*", description = "Names as 'siteswap lab list' prints them.")
    private List<String> names = List.of();

    @Option(names = "--all", description = "All scenarios.")
    private boolean all;

    @Option(names = "--json", description = "One JSON object per scenario on standard output;"
            + " the timeline goes to standard error.")
    private boolean json;

    @Override
    public Integer call() {
        return LabCommand.sentence(() -> {
            var stories = stories();
            Host.check();
            var topology = place.topology();
            return LabCommand.cleanedUp(topology, () -> {
                var good = true;
                for (var story : stories) {
                    good &= run(story, topology);
                }
                return good ? 0 : 1;
            });
        });
    }

    private List<Story> stories() throws IOException {
        if (all) {
            return Arrays.asList(Story.values());
        }
        if (names.isEmpty()) {
            throw new IOException("name a scenario or give --all; there are "
                    + String.join(", ", Arrays.stream(Story.values()).map(Story::id).toList()));
        }
        var stories = new java.util.ArrayList<Story>();
        for (var name : names) {
            stories.add(Story.named(name));
        }
        return stories;
    }

    private boolean run(Story story, Topology topology) throws IOException {
        PrintStream live = json ? System.err : System.out;
        live.println("== " + story.id() + ": " + story.about());
        var timeline = new Timeline(live);
        var logs = place.logs().resolve(story.id());
        var stage = Stage.open(topology, timeline);
        Optional<Outcome> outcome = Optional.empty();
        try {
            stage.awaitReady();
            var target = story.play(stage);
            outcome = Optional.of(stage.conclude(story.id(), target));
        } catch (IOException e) {
            stage.expect(false, String.valueOf(e.getMessage()));
            outcome = Optional.of(stage.conclude(story.id(), stage.active()));
        } finally {
            stage.close(logs);
        }
        var over = outcome.orElseThrow();
        live.print(over.summary());
        if (!over.good()) {
            live.println("  logs of the nodes: " + logs);
        }
        if (json) {
            System.out.println(over.json());
        }
        return over.good();
    }

    /** {@code siteswap lab list}: the scenarios' names, one a line. */
    @Command(name = "list", description = "Prints the scenarios' names, one a line.")
    static final class Names implements Callable<Integer> {
        @Override
        public Integer call() {
            Arrays.stream(Story.values()).map(Story::id).forEach(System.out::println);
            return 0;
        }
    }

    static Path logsUnder(Path home) {
        return home.resolve("lab/target/lab-logs");
    }
}
