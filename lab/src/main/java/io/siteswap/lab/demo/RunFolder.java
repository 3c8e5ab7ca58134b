package io.siteswap.lab.demo;

import io.siteswap.lab.LabFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of one run, with a pid file by which a later run cleans up after a crash. Its first line
 * is the demo itself; each line is {@code pid start-millis name}.
 */
record RunFolder(Path dir) {
    private static final String PREFIX = "siteswap-demo-";
    private static final String PIDS = "pids";
    /** A process id is used again sooner or later; the start time tells the difference. */
    private static final long SAME_START_MILLIS = 1000;

    static RunFolder create(int net) {
        Path dir = temporary().resolve(PREFIX + net);
        try {
            delete(dir);
            Files.createDirectory(dir);
            RunFolder folder = new RunFolder(dir);
            folder.add("demo", ProcessHandle.current());
            return folder;
        } catch (IOException e) {
            throw new LabFailure("The demo cannot write to " + dir + " (" + e.getMessage()
                    + "): free some space or set TMPDIR", e);
        }
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    synchronized void add(String name, ProcessHandle process) {
        long start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        try {
            Files.writeString(dir.resolve(PIDS), process.pid() + " " + start + " " + name + "\n",
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new LabFailure("The demo cannot write to " + dir + ": " + e.getMessage(), e);
        }
    }

    /** Cleans up what crashed runs of this user left behind. */
    static void sweep() {
        for (RunFolder folder : all()) {
            if (folder.owner().isEmpty()) {
                folder.killAll();
                folder.remove();
            }
        }
    }

    static List<RunFolder> all() {
        List<RunFolder> all = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary(), PREFIX + "*")) {
            for (Path dir : found) {
                if (Files.isWritable(dir) && Files.exists(dir.resolve(PIDS))) {
                    all.add(new RunFolder(dir));
                }
            }
        } catch (IOException unreadable) {
            return List.of();
        }
        return all;
    }

    /** The demo that this folder belongs to, when it still runs. */
    Optional<ProcessHandle> owner() {
        return processes().stream().findFirst().flatMap(line -> line);
    }

    /** kill -9 of everything that was started, children first noted last. */
    void killAll() {
        processes().stream().skip(1).flatMap(Optional::stream).forEach(RunFolder::killTree);
        for (String site : List.of("dc1", "dc2")) {
            postmaster(dir.resolve(site).resolve("pg/data")).ifPresent(RunFolder::killTree);
        }
    }

    private static void killTree(ProcessHandle process) {
        Stream.concat(Stream.of(process), process.descendants())
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static Optional<ProcessHandle> postmaster(Path data) {
        try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
            long pid = Long.parseLong(lines.findFirst().orElse("0").strip());
            String line = Files.readString(Path.of("/proc/" + pid + "/cmdline"),
                    StandardCharsets.UTF_8);
            return line.contains(data.toString()) ? ProcessHandle.of(pid) : Optional.empty();
        } catch (IOException | NumberFormatException gone) {
            return Optional.empty();
        }
    }

    private List<Optional<ProcessHandle>> processes() {
        try {
            return Files.readAllLines(dir.resolve(PIDS)).stream().map(RunFolder::process).toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static Optional<ProcessHandle> process(String line) {
        String[] parts = line.split(" ", 3);
        long start = Long.parseLong(parts[1]);
        return ProcessHandle.of(Long.parseLong(parts[0])).filter(ProcessHandle::isAlive)
                .filter(p -> p.info().startInstant().map(Instant::toEpochMilli)
                        .filter(at -> Math.abs(at - start) <= SAME_START_MILLIS).isPresent());
    }

    void remove() {
        try {
            delete(dir);
        } catch (IOException busy) {
            System.err.println("The folder " + dir + " could not be removed: " + busy.getMessage());
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> all;
            try (Stream<Path> walk = Files.walk(folder)) {
                all = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : all) {
                Files.deleteIfExists(path);
            }
        }
    }
}
