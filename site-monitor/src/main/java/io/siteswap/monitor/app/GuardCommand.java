package io.siteswap.monitor.app;

import io.siteswap.monitor.action.Agents;
import io.siteswap.monitor.app.Siteswap.Unusable;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.guard.io.GuardDaemon;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ProxySelector;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code siteswap guard}: fences what the node's monitor, killed or hung, no longer can. */
@Command(name = "guard", description = "Run the guard of a node: it fences when the monitor cannot.", mixinStandardHelpOptions = true)
final class GuardCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(GuardCommand.class);

    @Mixin
    private Configured configured = new Configured();
    @Option(names = "--test", description = "Only say what a fence would reach now, and after how long; changes nothing. Exit 1 when something cannot be reached within the fence bound.")
    private boolean test;
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        ClusterConfig config = configured.load();
        ProxySelector.setDefault(ProxySelector.of(null));
        return test ? tested(config) : guard(config);
    }

    /** The first look loads drivers and is not the one that counts. */
    private int tested(ClusterConfig config) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Agents agents = Agents.of(config, configured.node());
        long bound = config.timing().fenceBound().toNanos();
        boolean good = true;
        for (String service : config.services().keySet()) {
            List<Agents.Look> first = agents.look(service);
            for (Agents.Look look : first.isEmpty() ? first : agents.look(service)) {
                boolean fine = look.ok() && look.nanos() <= bound;
                good &= fine;
                out.printf(Locale.ROOT, "%-4s %s/%s %.1f ms: %s%n", fine ? "ok" : "BAD", service,
                        look.resource(), look.nanos() / 1e6, look.said());
            }
        }
        out.printf(Locale.ROOT, "%s: each of them has %d ms (fence-bound)%n", good
                ? "a fence would reach everything"
                : "a fence would NOT reach everything in time", bound / 1_000_000);
        return good ? 0 : Siteswap.REFUSED;
    }

    private int guard(ClusterConfig config) throws InterruptedException {
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
