package io.siteswap.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where it was measured. */
record Machine(String cpu, int cores, long memoryMegabytes, String kernel, double load) {

    static Machine here() throws IOException {
        var cpu = line("/proc/cpuinfo", "model name");
        var memory = line("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "");
        var load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        return new Machine(cpu, Runtime.getRuntime().availableProcessors(),
                Long.parseLong(memory.isEmpty() ? "0" : memory) / 1024,
                System.getProperty("os.version"), Double.parseDouble(load));
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
                + ", load before the run " + load;
    }
}
