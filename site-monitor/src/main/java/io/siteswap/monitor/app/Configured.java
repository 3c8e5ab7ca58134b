package io.siteswap.monitor.app;

import io.siteswap.monitor.app.Siteswap.Unusable;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ConfigFile;
import io.siteswap.monitor.config.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options that name a configuration file and a node in it. */
final class Configured {

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The cluster's configuration file.")
    private Path file = Path.of("siteswap.yaml");
    @Option(names = "--node", required = true, paramLabel = "NODE", description = "Which node of the file this is.")
    private String node = "";

    String node() {
        return node;
    }

    /** The configuration, in which the node exists; warnings go to stderr. */
    ClusterConfig load() {
        ConfigFile.Loaded loaded = load(file);
        loaded.warnings().forEach(System.err::println);
        mustHave(loaded.config(), node, file);
        return loaded.config();
    }

    /** The file as it is now. */
    ConfigFile.Result read() {
        return ConfigFile.load(file);
    }

    /** @throws Unusable with every problem of the file and its place */
    static ConfigFile.Loaded load(Path file) {
        return switch (ConfigFile.load(file)) {
            case ConfigFile.Invalid invalid -> throw new Unusable("the configuration is not"
                    + " usable:\n" + lines(invalid.problems()));
            case ConfigFile.Loaded loaded -> loaded;
        };
    }

    /** @throws Unusable names the nodes that there are */
    static void mustHave(ClusterConfig config, String node, Path file) {
        if (!config.nodes().containsKey(node)) {
            throw new Unusable("there is no node '" + node + "' in " + file + " (expected one of "
                    + String.join(", ", config.nodes().keySet()) + ")");
        }
    }

    private static String lines(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
}
