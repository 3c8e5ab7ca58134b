package io.siteswap.monitor.app;

import io.siteswap.monitor.action.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Processes with a wall clock of their own, by libfaketime and the lab's script for it. */
final class Clocked {

    private static final Path SCRIPT = Path.of("../lab/bin/clocked").toAbsolutePath().normalize();
    private static final Optional<Path> LIBRARY = library();

    private Clocked() {
    }

    private static Optional<Path> library() {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(it -> it.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::isRegularFile).findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Is Debian's libfaketime installed? */
    static boolean here() {
        return LIBRARY.isPresent();
    }

    /** Starts a process, as far as it can be done with the clock that {@code clock} tells. */
    static Process start(Path clock, List<String> command, Path log) throws IOException {
        List<String> all = new ArrayList<>();
        LIBRARY.ifPresent(library -> all.addAll(List.of("env", "LAB_CLOCK=" + library,
                "LAB_CLOCK_FILE=" + clock, SCRIPT.toString())));
        all.addAll(command);
        return Programs.start(all, log);
    }

    /** Sets the clock: the machine's plus {@code offset}. */
    static void step(Path clock, Duration offset) throws IOException {
        Path next = clock.resolveSibling("clock.next");
        Files.writeString(next, (offset.isNegative() ? "" : "+") + offset.toSeconds());
        Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE);
    }
}
