package io.siteswap.lab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.monitor.quorum.Ticket;
import io.siteswap.policy.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stories of the main flows: above the line what happens to the sites, below it what the monitors
 * do, to the millisecond. {@code -Dgolden.update=true} writes what they do now, to be reviewed as
 * a difference of text.
 */
class StoryTest {

    private static final Path FOLDER = Path.of("src/test/resources/stories/failover");
    private static final String LINE = "----";
    private static final long SECOND = 1_000 * VirtualTime.MS;

    static List<String> stories() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(it -> it.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("stories")
    void goesAsWritten(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        List<String> lines = Files.readAllLines(file);
        int line = lines.indexOf(LINE);
        List<String> script = line < 0 ? lines : lines.subList(0, line);
        List<String> told = play(script);
        if (Boolean.getBoolean("golden.update")) {
            Files.write(file, Stream.of(script.stream(), Stream.of(LINE), told.stream())
                    .flatMap(it -> it).toList());
            return;
        }
        assertEquals(String.join("\n", lines.subList(line + 1, lines.size())),
                String.join("\n", told));
    }

    private static List<String> play(List<String> script) {
        World world = new World(1, true, Mutation.NONE, new Tally());
        for (String line : script) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] words = line.trim().split(" +");
                world.runUntil((long) (Double.parseDouble(words[0]) * SECOND));
                happen(world, List.of(words).subList(1, words.length));
            }
        }
        return world.journal().stream().map(Object::toString).toList();
    }

    private static void happen(World world, List<String> words) {
        String argument = words.size() > 1 ? words.get(1) : "";
        switch (words.getFirst()) {
            case "power-off" -> world.powerOff(world.machine(argument));
            case "power-on" -> world.powerOn(world.machine(argument));
            case "isolate" -> world.isolate(world.machine(argument));
            case "cut" -> world.cut(world.machine(argument), world.machine(words.get(2)));
            case "writes" -> world.machine(argument).resources(World.SHOP).write();
            case "heal" -> world.heal();
            case "hang" -> world.pause(world.machine(argument),
                    Long.parseLong(words.get(2)) * VirtualTime.MS);
            case "switchover" -> world.request(World.SHOP, argument, false);
            case "acknowledge" -> world.acknowledge(World.SHOP);
            case "break" -> world.breakSteps(verb(argument));
            case "repair" -> world.repairSteps(verb(argument));
            case "end" -> world.machines().stream().filter(it -> it.datacenter)
                    .forEach(it -> world.say("end", describe(world, it)));
            default -> throw new IllegalArgumentException("unknown word in story: " + words);
        }
    }

    private static Step.Verb verb(String word) {
        return Step.Verb.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static String describe(World world, Machine machine) {
        Ticket ticket = world.service(World.SHOP).ticket();
        Resources resources = machine.resources(World.SHOP);
        return machine.site + (ticket.holder().equals(machine.site)
                ? " holds epoch " + ticket.epoch() + " (" + ticket.phase() + ")"
                : " does not hold") + (machine.up() ? "" : ", no power") + ", database "
                + (resources.primary() ? "writes" : "stands by") + ", app "
                + (resources.app() ? "runs" : "is stopped") + ", announces "
                + resources.rung();
    }
}
