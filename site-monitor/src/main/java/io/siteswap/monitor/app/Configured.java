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
        return switch (ConfigFile.load(file)) {
            case ConfigFile.Invalid invalid -> throw new Unusable("the configuration is not"
                    + " usable:\n" + lines(invalid.problems()));
            case ConfigFile.Loaded loaded -> {
                loaded.warnings().forEach(System.err::println);
                yield withNode(loaded.config());
            }
        };
    }

    private ClusterConfig withNode(ClusterConfig config) {
        if (!config.nodes().containsKey(node)) {
            throw new Unusable("there is no node '" + node + "' in " + file + " (expected one of "
                    + String.join(", ", config.nodes().keySet()) + ")");
        }
        return config;
    }

    private static String lines(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
}
