package io.siteswap.lab.chaos;

import io.siteswap.lab.chaos.Fault.Touches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Faults of wall clocks: that of a site's monitor, guard, speaker and database jumps by hours, and
 * back. {@code lab/bin/clocked} gives them one. Monotonic time goes on, as it does when a wall clock
 * is set.
 */
final class Clocks {

    private static final String FILE = "/run/lab-clock";
    /** The day changes in both directions, whatever the hour. */
    private static final List<String> OFFSETS = List.of("+5h", "+300d", "-7h", "-40d");
    private static final Path LIBRARIES = Path.of("/usr/lib");

    private Clocks() {
    }

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        for (String offset : OFFSETS) {
            for (String site : Arena.SITES) {
                all.add(step(offset, site, List.of(site + "-edge", site + "-db")));
            }
            all.add(step(offset, "arb", List.of("arb")));
        }
        return List.copyOf(all);
    }

    private static Fault step(String offset, String target, List<String> nodes) {
        return new Fault("wall clock " + offset, target, Touches.OTHER,
                arena -> set(arena, nodes, offset), arena -> set(arena, nodes, "+0"));
    }

    // Never half written: it is read all the time.
    private static void set(Arena arena, List<String> nodes, String offset) throws IOException {
        for (String node : nodes) {
            arena.exec(node, List.of("sh", "-c", "echo " + offset + " >" + FILE + ".next && mv "
                    + FILE + ".next " + FILE));
        }
    }

    /**
     * What the nodes need to know to have clocks of their own.
     *
     * @throws IOException with one sentence when it is not installed
     */
    static Map<String, String> environment() throws IOException {
        try (Stream<Path> folders = Files.list(LIBRARIES)) {
            Path library = folders.map(it -> it.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::isRegularFile).findFirst()
                    .orElseThrow(() -> new IOException("chaos steps clocks with a library that is"
                            + " not installed; on Debian: apt-get install libfaketime"));
            return Map.of("LAB_CLOCK", library.toString());
        }
    }
}
