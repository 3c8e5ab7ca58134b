package io.siteswap.monitor.app;

import io.siteswap.monitor.app.Siteswap.Unusable;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.guard.io.GuardDaemon;
import java.io.IOException;
import java.net.ProxySelector;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code siteswap guard}: fences what the node's monitor, killed or hung, no longer can. */
@Command(name = "guard", description = "Run the guard of a node: it fences when the monitor cannot.", mixinStandardHelpOptions = true)
final class GuardCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(GuardCommand.class);

    @Mixin
    private Configured configured = new Configured();

    @Override
    public Integer call() throws InterruptedException {
        ClusterConfig config = configured.load();
        ProxySelector.setDefault(ProxySelector.of(null));
        GuardDaemon guard;
        try {
            guard = GuardDaemon.start(config, configured.node());
        } catch (IOException e) {
            throw new Unusable(String.valueOf(e.getMessage()), e);
        }
        Runtime.getRuntime().addShutdownHook(Logs.after(() -> {
            try {
                guard.close();
            } catch (IOException e) {
                LOG.debug("while closing", e);
            }
        }));
        System.err.println("siteswap: guard " + configured.node() + " is up at "
                + GuardDaemon.socket(config, configured.node()));
        Alive.says(guard::takeTurn);
        guard.awaitEnd();
        return Siteswap.REFUSED;
    }
}
