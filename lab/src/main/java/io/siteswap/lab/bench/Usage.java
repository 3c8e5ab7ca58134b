package io.siteswap.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process has used so far, from {@code /proc}. */
record Usage(Duration cpu, long peakKilobytes) {

    /** {@code USER_HZ} is 100 on every Linux that Java runs on. */
    private static final Duration TICK = Duration.ofMillis(10);

    static Usage of(long pid) throws IOException {
        var proc = Path.of("/proc", Long.toString(pid));
        var stat = Files.readString(proc.resolve("stat"));
        // After the name, which may contain blanks: state is field 3, utime and stime 14 and 15.
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return new Usage(TICK.multipliedBy(ticks), kilobytes(pid, "VmHWM:"));
    }

    /** @param row of {@code /proc/PID/status}, e.g. {@code VmRSS:}; 0 if it has none */
    static long kilobytes(long pid, String row) throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(row))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst().orElse(0);
        }
    }
}
