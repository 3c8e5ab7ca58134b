package io.siteswap.lab.chaos;

import io.siteswap.lab.chaos.Fault.Touches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Faults of processes: killed, stopped for longer than a lease, kept dead. */
final class Processes {

    private Processes() {
    }

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        for (String site : Arena.SITES) {
            String edge = site + "-edge";
            siteswap(all, site, edge, "guard", "guard", Touches.GUARDING);
            siteswap(all, site, edge, "monitor", "run", Touches.GUARDING);
            siteswap(all, site, edge, "speaker", "speaker", Touches.ANNOUNCEMENT);
            String database = site + "-db";
            all.add(new Fault("kill -9 of the database", site, Touches.OTHER,
                    arena -> signal(arena, database, "-9", "-x", "mariadbd"), Fault.NOTHING));
            all.add(new Fault("SIGSTOP of the database", site, Touches.OTHER,
                    arena -> signal(arena, database, "-STOP", "-x", "mariadbd"),
                    arena -> signal(arena, database, "-CONT", "-x", "mariadbd")));
            for (String node : List.of(site + "-app1", site + "-app2", site + "-lb")) {
                all.add(new Fault("kill -9 of everything", node, Touches.OTHER,
                        arena -> arena.crash(List.of(node)),
                        arena -> arena.powerOn(List.of(node))));
            }
        }
        siteswap(all, "arb", "arb", "monitor", "run", Touches.OTHER);
        return List.copyOf(all);
    }

    /** A part of Siteswap itself. {@code lab/bin/node} starts again what ends, unless held. */
    private static void siteswap(List<Fault> all, String target, String node, String part,
            String command, Touches touches) {
        String pattern = "Siteswap " + command + " ";
        all.add(new Fault("kill -9 of the " + part, target, touches,
                arena -> signal(arena, node, "-9", "-f", pattern), Fault.NOTHING));
        all.add(new Fault("no " + part, target, touches, arena -> {
            arena.exec(node, List.of("touch", "/run/hold-" + part));
            signal(arena, node, "-9", "-f", pattern);
        }, arena -> arena.exec(node, List.of("rm", "-f", "/run/hold-" + part))));
        all.add(new Fault("SIGSTOP of the " + part, target, touches,
                arena -> signal(arena, node, "-STOP", "-f", pattern),
                arena -> signal(arena, node, "-CONT", "-f", pattern)));
    }

    // Whether anything was there to be signalled does not matter: an earlier fault may have ended it.
    private static void signal(Arena arena, String node, String... arguments)
            throws IOException {
        List<String> argv = new ArrayList<>(List.of("pkill"));
        argv.addAll(List.of(arguments));
        arena.exec(node, argv);
    }
}
