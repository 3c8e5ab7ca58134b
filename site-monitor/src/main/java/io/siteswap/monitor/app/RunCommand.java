package io.siteswap.monitor.app;

import io.siteswap.monitor.app.Siteswap.Unusable;
import io.siteswap.monitor.config.ClusterConfig;
import java.io.IOException;
import java.net.ProxySelector;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code siteswap run}: the monitor, until it is told to stop. */
@Command(name = "run", description = "Run the monitor of a node.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Mixin
    private Configured configured = new Configured();
    @Option(names = "--join", description = "With an empty folder: a new member, or one that lost its"
            + " log. It votes only when 'siteswap members --apply' has taken it in. Without"
            + " effect when there is a log.")
    private boolean join;

    @Override
    public Integer call() throws InterruptedException {
        ClusterConfig config = configured.load();
        if (config.services().isEmpty()) {
            throw new Unusable("the configuration has no 'services', so there is nothing to"
                    + " monitor (only 'siteswap speaker' can use it)");
        }
        if (join && config.sharedDatabase().isPresent()) {
            throw new Unusable("'--join' has no use where a shared database has the log: leave it"
                    + " out");
        }
        // Peers, probes and databases are reached directly, whatever proxy the machine has.
        ProxySelector.setDefault(ProxySelector.of(null));
        return run(config);
    }

    private int run(ClusterConfig config) throws InterruptedException {
        MonitorDaemon daemon;
        try {
            daemon = MonitorDaemon.start(config, configured.node(), join, configured::read);
        } catch (IOException e) {
            throw new Unusable(String.valueOf(e.getMessage()), e);
        }
        Runtime.getRuntime().addShutdownHook(Logs.after(daemon::close));
        System.err.println("siteswap: monitor " + configured.node() + " is up, API at http://"
                + config.node(configured.node()).api());
        Alive.says(daemon::takeTurn);
        System.err.println("siteswap: " + daemon.awaitFailure());
        return Siteswap.REFUSED;
    }
}
