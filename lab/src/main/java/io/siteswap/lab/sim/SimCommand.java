package io.siteswap.lab.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code siteswap sim}: the failover logic under seeded faults, faster than time. */
@Command(name = "sim", mixinStandardHelpOptions = true, description = {
        "Runs the failover logic of three or five monitors in virtual time, with faults from a seed, and"
                + " checks its invariants after every event. See docs/safety.md.",
        "Exit code: 0 every invariant held, 1 one did not, 2 wrong usage."})
public final class SimCommand implements Callable<Integer> {

    private static final int HELD = 0;
    private static final int VIOLATED = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--seeds", paramLabel = "A..B", description = "Lives to try, e.g. 1..1000. Default: ${DEFAULT-VALUE}.")
    private String seeds = "1..1000";
    @Option(names = "--seed", paramLabel = "S", description = "One life, again.")
    private Optional<Long> seed = Optional.empty();
    @Option(names = "--trace", description = "With --seed: prints what happened, a line each.")
    private boolean trace;
    @Option(names = "--mutation", paramLabel = "NAME", description = "What is deliberately broken: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Mutation mutation = Mutation.NONE;
    @Option(names = "--mutations", description = "Tries every broken variant until it is noticed.")
    private boolean mutations;
    @Option(names = "--threads", description = "Default: one for each processor.")
    private int threads = Runtime.getRuntime().availableProcessors();
    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    private record Range(long from, long to) {
    }

    @Override
    public Integer call() {
        if (threads < 1) {
            throw wrong("--threads must be at least 1.");
        }
        if (seed.isPresent()) {
            return one(seed.get());
        }
        Range range = range();
        return mutations ? all(range) : many(range);
    }

    private Range range() {
        String[] ends = seeds.split("\\.\\.", -1);
        try {
            Range range = new Range(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
            if (ends.length == 2 && range.from <= range.to) {
                return range;
            }
        } catch (NumberFormatException e) {
            throw wrong("--seeds takes two numbers, as in 1..1000, not '" + seeds + "'.");
        }
        throw wrong("--seeds goes from a lower number to a higher one, as in 1..1000, not '"
                + seeds + "'.");
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private int one(long number) {
        Tally tally = new Tally();
        Life life = Life.of(number, mutation, tally);
        if (json) {
            Map<String, Object> all = report(tally, Duration.ZERO);
            all.put("seed", number);
            life.violation().ifPresent(it -> all.put("violation", it));
            if (trace) {
                all.put("trace", life.journal().stream().map(Object::toString).toList());
            }
            print(all);
        } else {
            if (trace) {
                life.journal().forEach(System.out::println);
            }
            System.out.println(life.violation().map(it -> "violated: " + it.lines().findFirst()
                    .orElse("")).orElse("every invariant held"));
        }
        return life.violation().isPresent() ? VIOLATED : HELD;
    }

    private int many(Range range) {
        long start = System.nanoTime();
        Campaign.Found found = Campaign.run(range.from, range.to, mutation, threads);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (json) {
            Map<String, Object> all = report(found.tally(), took);
            all.put("mutation", mutation);
            found.first().ifPresent(life -> {
                all.put("seed", life.seed());
                all.put("violation", life.violation().orElse(""));
            });
            print(all);
        } else {
            text(found.tally(), took).forEach(System.out::println);
            System.out.println(found.first().map(SimCommand::words)
                    .orElse("every invariant held"));
        }
        return found.first().isPresent() ? VIOLATED : HELD;
    }

    private static String words(Life life) {
        return "violated in seed " + life.seed() + ": " + life.violation().orElse("")
                + "\nagain: ./siteswap sim --seed " + life.seed() + " --trace";
    }

    /** A row for each mutation: the first seed that noticed it. */
    private int all(Range range) {
        List<Map<String, Object>> rows = new ArrayList<>();
        int missed = 0;
        for (Mutation each : Mutation.values()) {
            if (each == Mutation.NONE) {
                continue;
            }
            Optional<Life> found = Campaign.run(range.from, range.to, each, threads).first();
            missed += found.isEmpty() ? 1 : 0;
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("mutation", each.name());
            row.put("what", each.what());
            found.ifPresent(life -> {
                row.put("seed", life.seed());
                row.put("noticed", life.violation().flatMap(it -> it.lines().findFirst())
                        .orElse(""));
            });
            rows.add(row);
        }
        if (json) {
            print(Map.of("mutations", rows));
        } else {
            System.out.println("| what is broken | seed | noticed as |\n|---|--:|---|");
            rows.forEach(row -> System.out.printf("| %s | %s | %s |%n", row.get("what"),
                    row.getOrDefault("seed", "none"), row.getOrDefault("noticed", "NOT NOTICED")));
        }
        return missed == 0 ? HELD : VIOLATED;
    }

    private static Map<String, Object> report(Tally tally, Duration took) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("lives", tally.lives());
        all.put("simulatedSeconds", tally.seconds());
        all.put("wallSeconds", took.toNanos() / 1e9);
        all.put("events", tally.events());
        all.put("faults", tally.faults());
        all.put("livesThatReached", tally.states());
        return all;
    }

    private List<String> text(Tally tally, Duration took) {
        double wall = took.toNanos() / 1e9;
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT,
                "%,d lives, %.1f simulated hours in %.1f s on %d threads: %,.0f x time on each",
                tally.lives(), tally.seconds() / 3600, wall, threads,
                tally.seconds() / wall / threads));
        lines.add(String.format(Locale.ROOT,
                "%,d events (%,.0f a second on each thread), %,d faults (%,.0f a simulated hour)",
                tally.events(), tally.events() / wall / threads, tally.faultCount(),
                tally.faultCount() / (tally.seconds() / 3600)));
        lines.add("faults: " + tally.faults());
        lines.add("lives that reached:");
        tally.states().forEach((name, count) -> lines
                .add(String.format(Locale.ROOT, "  %,10d  %s", count, name)));
        return lines;
    }

    private static void print(Object all) {
        System.out.println(JsonMapper.shared().writeValueAsString(all));
    }
}
