package io.siteswap.lab.scenarios;

import io.siteswap.lab.topology.NamespaceLab;
import io.siteswap.lab.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code siteswap lab}: the two datacenters with real routers and databases, on one machine. */
@Command(name = "lab", description = "The lab: real FRR, HAProxy and MariaDB in network namespaces"
        + " (root, Linux).", subcommands = {LabRun.class, LabRun.Names.class, LabCommand.Up.class,
                LabCommand.Down.class, LabCommand.Exec.class})
public final class LabCommand {

    /** Where the topology file is, for each subcommand. */
    public static final class Place {
        @Option(names = "--topology", paramLabel = "FILE", description = "Topology file; default:"
                + " lab/topology.clab.yml of this installation.", defaultValue = "")
        private String file = "";

        public Topology topology() throws IOException {
            var path = file.isEmpty() ? home().resolve("lab/topology.clab.yml") : Path.of(file);
            if (!Files.isReadable(path)) {
                throw new IOException("no topology file at " + path.toAbsolutePath()
                        + "; run from the root of the repository or give --topology.");
            }
            return Topology.read(path);
        }

        /** Where the nodes' logs are kept after a scenario. */
        public Path logs() {
            return LabRun.logsUnder(home()).toAbsolutePath();
        }

        private static Path home() {
            return Path.of(System.getProperty("siteswap.home", ""));
        }
    }

    @Command(name = "up", description = "Starts the lab and leaves it running.")
    static final class Up implements Callable<Integer> {
        @picocli.CommandLine.Mixin
        private Place place = new Place();

        @Override
        public Integer call() {
            return sentence(() -> {
                Host.check();
                NamespaceLab.up(place.topology());
                System.out.println("The lab is up. Try: siteswap lab exec transit vtysh -c"
                        + " 'show bgp ipv4 unicast 203.0.113.0/24'; end it with: siteswap lab down");
                return 0;
            });
        }
    }

    @Command(name = "down", description = "Stops the lab, also what a crashed run left behind.")
    static final class Down implements Callable<Integer> {
        @picocli.CommandLine.Mixin
        private Place place = new Place();

        @Override
        public Integer call() {
            return sentence(() -> {
                Host.check();
                NamespaceLab.clear(place.topology());
                return 0;
            });
        }
    }

    @Command(name = "exec", description = "Runs a command in a node of the running lab.")
    static final class Exec implements Callable<Integer> {
        @picocli.CommandLine.Mixin
        private Place place = new Place();

        @Parameters(index = "0", paramLabel = "NODE")
        private String node = "";

        @Parameters(index = "1..*", paramLabel = "COMMAND", arity = "1..*")
        private List<String> command = List.of();

        @Override
        public Integer call() {
            return sentence(() -> {
                Host.check();
                var ended = NamespaceLab.running(place.topology()).exec(node, command);
                System.out.print(ended.output());
                return ended.code();
            });
        }
    }

    /** Work that ends with an exit code, or with one sentence for the user. */
    public interface Work {
        int run() throws IOException;
    }

    /** Exit code of the work; 2, and its sentence on standard error, when it cannot be done. */
    public static int sentence(Work work) {
        try {
            return work.run();
        } catch (IOException e) {
            System.err.println("siteswap lab: " + e.getMessage());
            return 2;
        }
    }

    /** The work's exit code. If it is interrupted, it leaves no namespaces behind. */
    public static int cleanedUp(Topology topology, Work work) throws IOException {
        Thread cleanup = new Thread(() -> sentence(() -> {
            NamespaceLab.clear(topology);
            return 0;
        }));
        Runtime.getRuntime().addShutdownHook(cleanup);
        int code = work.run();
        Runtime.getRuntime().removeShutdownHook(cleanup);
        return code;
    }
}
