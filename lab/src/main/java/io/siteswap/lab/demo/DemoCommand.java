package io.siteswap.lab.demo;

import io.siteswap.lab.LabFailure;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code siteswap demo}: two datacenters, an arbiter and the Internet on this machine. */
@Command(name = "demo", mixinStandardHelpOptions = true, description = {
        "Runs two datacenters, an arbiter and the Internet as real processes on this machine,"
                + " breaks the active site and shows the failover. Needs no root.",
        "Exit code: 0 as it must be, 1 the outcome is wrong, 2 it could not be run."})
public final class DemoCommand implements Callable<Integer> {
    private static final int WRONG = 1;
    private static final int UNUSABLE = 2;

    /** For picocli: the scenarios' names. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Scenario.values()).map(Scenario::toString).iterator();
        }
    }

    @Option(names = "--scenario", paramLabel = "NAME", defaultValue = "dc1-power-loss", completionCandidates = Names.class, description = "One of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private String scenario = "";
    @Option(names = "--json", description = "Prints one JSON object as the last line.")
    private boolean json;
    @Option(names = "--runs", paramLabel = "N", defaultValue = "1", description = "Repeats it, each time from a fresh start; the JSON has medians.")
    private int runs = 1;
    @Option(names = "--keep", description = "Leaves everything running and says what to try next.")
    private boolean keep;
    @Option(names = "--stop", description = "Ends demos of this user that are still running.")
    private boolean stop;
    @Option(names = "--forwarder", description = "Uses the lab's own TCP forwarder even where HAProxy is installed.")
    private boolean forwarder;

    private final PrintStream out = System.out;

    @Override
    public Integer call() throws InterruptedException {
        try {
            RunFolder.sweep();
            if (stop) {
                return stopAll();
            }
            Scenario wanted = Scenario.of(scenario);
            if (runs < 1) {
                throw new IllegalArgumentException("--runs must be at least 1");
            }
            List<Result> results = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                results.add(once(wanted));
            }
            Runs all = new Runs(results);
            if (runs > 1) {
                all.histograms().forEach(out::println);
            }
            if (json) {
                out.println(all.json());
            }
            return all.ok() ? 0 : WRONG;
        } catch (LabFailure | IllegalArgumentException e) {
            System.err.println("siteswap demo: " + e.getMessage() + ".");
            return UNUSABLE;
        } catch (IOException e) {
            System.err.println("siteswap demo: cannot be set up: " + e.getMessage()
                    + "; check the space and the rights in "
                    + System.getProperty("java.io.tmpdir") + ".");
            return UNUSABLE;
        }
    }

    private Result once(Scenario wanted) throws IOException, InterruptedException {
        boolean terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal)
                .isPresent();
        Timeline timeline = new Timeline(out, terminal && !json);
        int net = Layout.freeNet();
        RunFolder folder = RunFolder.create(net);
        Layout layout = new Layout(net, folder.dir());
        boolean haproxy = !forwarder && haproxyInstalled();
        timeline.plain("siteswap demo " + wanted + ": " + wanted.what());
        timeline.plain("addresses 127." + net + ".0.0/16, folder " + folder.dir()
                + ", load balancer "
                + (haproxy ? "HAProxy" : "the lab's own TCP forwarder (HAProxy is not used)"));
        Cluster cluster = new Cluster(layout, folder, haproxy);
        Cleaner cleaner = new Cleaner(cluster, folder);
        boolean ok = false;
        try (Stage stage = Stage.set(layout, cluster, timeline)) {
            Result result = Stories.play(wanted, stage, haproxy ? "haproxy" : "forwarder", net);
            ok = result.ok();
            Summary.print(result, timeline);
            if (keep) {
                stayUp(result, layout, timeline);
            }
            return result;
        } finally {
            cleaner.end(!ok && !keep);
        }
    }

    private static boolean haproxyInstalled() {
        return Stream.concat(Arrays.stream(System.getenv("PATH").split(":")),
                Stream.of("/usr/sbin", "/usr/local/sbin"))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, "haproxy")));
    }

    private static void stayUp(Result result, Layout layout, Timeline timeline)
            throws InterruptedException {
        Summary.printNext(result, layout, timeline);
        new CountDownLatch(1).await();
    }

    private int stopAll() {
        int stopped = 0;
        for (RunFolder folder : RunFolder.all()) {
            if (folder.owner().filter(ProcessHandle::destroy).isPresent()) {
                folder.owner().ifPresent(owner -> owner.onExit().join());
                stopped++;
            }
        }
        out.println("Demos ended: " + stopped);
        return 0;
    }
}
