package io.siteswap.lab.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Where it was measured.
 *
 * @param flushMicros what a write of 4 KiB and its flush to disk take, which the answer to a stance
 * waits for: the median
 * @param flushMicrosP99 and what only one in a hundred exceeds
 */
record Machine(String cpu, int cores, long memoryMegabytes, String kernel, double load,
        long flushMicros, long flushMicrosP99) {

    private static final int FLUSHES = 1000;
    private static final int BLOCK = 4096;

    /** @param folder on the disk that the daemons use */
    static Machine here(Path folder) throws IOException {
        var cpu = line("/proc/cpuinfo", "model name");
        var memory = line("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "");
        var load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        var flushes = flushes(folder.resolve("flush"));
        return new Machine(cpu, Runtime.getRuntime().availableProcessors(),
                Long.parseLong(memory.isEmpty() ? "0" : memory) / 1024,
                System.getProperty("os.version"), Double.parseDouble(load),
                flushes[FLUSHES / 2] / 1000, flushes[FLUSHES * 99 / 100 - 1] / 1000);
    }

    /** In nanoseconds, sorted. */
    private static long[] flushes(Path file) throws IOException {
        var nanos = new long[FLUSHES];
        try (var out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE)) {
            for (int i = -FLUSHES; i < FLUSHES; i++) {
                long start = System.nanoTime();
                int _ = out.write(ByteBuffer.allocate(BLOCK), 0);
                out.force(false);
                // The first half is for the compiler.
                nanos[Math.max(0, i)] = System.nanoTime() - start;
            }
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static String line(String file, String key) throws IOException {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key)).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown");
        }
    }

    /** One line for a person. */
    String describe() {
        return cpu + ", " + cores + " cores, " + memoryMegabytes + " MB, Linux " + kernel
                + ", load before the run " + load + "; a flush of 4 KiB to disk takes "
                + Report.time(flushMicros * 1000) + ", at p99 "
                + Report.time(flushMicrosP99 * 1000);
    }
}
