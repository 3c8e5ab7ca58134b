package io.siteswap.bgp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {

    @TempDir
    private Path data = Path.of("");

    @Test
    void itLeavesNothingBehind() throws Exception {
        Path folder = data.resolve("warm-up");
        List<String> written = new CopyOnWriteArrayList<>();
        assertEquals(20, WarmUp.run(folder, 20, event -> {
            if (event instanceof SpeakerEvent.Written w) {
                written.add(w.rung());
            }
        }));
        // The first is the initial one, before anybody listened.
        assertEquals(List.of("best", "worse", "best"), written.subList(0, 3));
        assertFalse(Files.exists(folder));
    }

    @Test
    void whatAKilledRunLeftIsNoObstacle() throws Exception {
        Path folder = Files.createDirectories(data.resolve("warm-up"));
        StanceStore store = new StanceStore(folder.resolve("stances"));
        store.save(new StanceBook(Map.of(), Map.of("warm-up", 4000L)));
        Files.writeString(folder.resolve("s"), "");
        assertEquals(3, WarmUp.run(folder, 3, _ -> {
        }));
        assertFalse(Files.exists(folder));
    }

    @Test
    void theCompilerStepsBack() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "this is not Linux");
        List<Integer> before = compilers();
        CompilerThreads.stepBack();
        List<Integer> after = compilers();
        assertEquals(before.stream().map(n -> Math.min(n + 10, 19)).toList(), after);
        assertFalse(after.isEmpty());
    }

    @Test
    void aThreadGetsAShortTimeSliceWhereTheKernelHasIt() throws Exception {
        CompletableFuture<List<OptionalLong>> slices = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            OptionalLong before = TimeSlice.current();
            TimeSlice.shorten();
            slices.complete(List.of(before, TimeSlice.current()));
        });
        OptionalLong before = slices.get(10, TimeUnit.SECONDS).getFirst();
        OptionalLong after = slices.get().getLast();
        assertEquals(before.orElse(0) > 0 ? OptionalLong.of(100_000) : before, after);
    }

    /** Of C1 and C2, in the order of their names. */
    private static List<Integer> compilers() throws Exception {
        List<String> found = new ArrayList<>();
        try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                String name = Files.readString(task.resolve("comm")).strip();
                if (name.matches("C[12] Compiler.*")) {
                    found.add(name + ":" + CompilerThreads.nice(task));
                }
            }
        }
        return found.stream().sorted().map(f -> Integer.valueOf(f.split(":", -1)[1])).toList();
    }
}
