package io.siteswap.lab.demo;

import io.siteswap.lab.LabFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process that the demo started.
 *
 * @param name e.g. {@code dc1 monitor}
 */
record Child(String name, Layout.Place place, Process process, Path log) {

    /** Output goes to {@code log}. */
    static Child start(String name, Layout.Place place, List<String> argv, Path log) {
        return start(name, place, argv, log, ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    /** Standard output stays readable through {@link #process()}; errors go to the log. */
    static Child startRead(String name, Layout.Place place, List<String> argv, Path log) {
        return start(name, place, argv, log, ProcessBuilder.Redirect.PIPE);
    }

    private static Child start(String name, Layout.Place place, List<String> argv, Path log,
            ProcessBuilder.Redirect output) {
        try {
            Process process = new ProcessBuilder(argv).redirectOutput(output)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(Path.of("/dev/null").toFile()).start();
            return new Child(name, place, process, log);
        } catch (IOException e) {
            throw new LabFailure("Cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    /** A Java process with this one's class path. */
    static List<String> java(Path hosts, int heapMegabytes, Class<?> main, List<String> args) {
        List<String> argv = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
                "-Xmx" + heapMegabytes + "m", "-Djdk.net.hosts.file=" + hosts,
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-cp", System.getProperty("java.class.path"), main.getName()));
        argv.addAll(args);
        return argv;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** kill -9, with everything it started. */
    void kill() {
        Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .forEach(ProcessHandle::destroyForcibly);
    }
}
