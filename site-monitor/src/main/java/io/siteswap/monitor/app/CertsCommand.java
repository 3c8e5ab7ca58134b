package io.siteswap.monitor.app;

import io.siteswap.monitor.app.Siteswap.Unusable;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.HostPort;
import io.siteswap.monitor.tls.Authority;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code siteswap certs}: a certificate authority for the cluster, and what it issues. */
@Command(name = "certs", description = "Make the certificates of a cluster's nodes, or renew them.", mixinStandardHelpOptions = true)
final class CertsCommand implements Callable<Integer> {

    private static final int MAX_DAYS = 3650;
    /** What the JDK takes for a name; the configuration allows underscores, too. */
    private static final Pattern DNS = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The cluster's configuration file.")
    private Path file = Path.of("siteswap.yaml");
    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Where they are written; holds the authority's key, too.")
    private Path out = Path.of(".");
    @Option(names = "--node", paramLabel = "NODE", description = "Only these nodes; default: all.")
    private List<String> only = List.of();
    @Option(names = "--days", defaultValue = "365", paramLabel = "DAYS", description = "How long they are valid (default: ${DEFAULT-VALUE}).")
    private int days;
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ClusterConfig config = Configured.load(file).config();
        if (days < 1 || days > MAX_DAYS) {
            throw new Unusable("--days must be from 1 to " + MAX_DAYS + ", but is " + days);
        }
        only.forEach(name -> Configured.mustHave(config, name, file));
        try (Authority authority = Authority.in(out, config.cluster())) {
            for (ClusterConfig.Node node : config.nodes().values()) {
                if (only.isEmpty() || only.contains(node.name())) {
                    issue(authority, node);
                }
            }
        } catch (IOException e) {
            throw new Unusable("no certificates: " + e.getMessage(), e);
        }
        return 0;
    }

    private void issue(Authority authority, ClusterConfig.Node node) throws IOException {
        Set<String> hosts = new LinkedHashSet<>();
        String host = node.raft().isEmpty() ? "" : HostPort.parse(node.raft()).host();
        if (!host.isEmpty() && !host.contains(":") && !DNS.matcher(host).matches()) {
            throw new IOException("'" + host + "', the host in 'raft' of node '" + node.name()
                    + "', cannot stand in a certificate (expected letters, digits, '-' and '.')");
        }
        hosts.add(DNS.matcher(node.name()).matches() ? node.name() : host);
        hosts.add(host);
        hosts.remove("");
        authority.issue(node.name(), hosts, days);
        PrintWriter to = spec.commandLine().getOut();
        to.println(out.resolve(node.name() + ".crt") + ": " + String.join(", ", hosts) + ", "
                + days + " days");
    }
}
