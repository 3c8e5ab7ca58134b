package io.siteswap.monitor.app;

import io.siteswap.monitor.action.FenceDevices;
import io.siteswap.monitor.action.FenceDevices.Said;
import io.siteswap.monitor.action.ResourceAgent.ActionFailed;
import io.siteswap.monitor.app.Siteswap.Unusable;
import io.siteswap.monitor.config.ClusterConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code siteswap fence-test}: what the fence devices of a site say while it has power. */
@Command(name = "fence-test", mixinStandardHelpOptions = true, description = "Ask the fence devices of a site that has power whether it has none; changes nothing. Exit 1 when one says so, or cannot be asked.")
final class FenceTestCommand implements Callable<Integer> {

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The cluster's configuration file.")
    private Path file = Path.of("siteswap.yaml");
    @Option(names = "--site", required = true, paramLabel = "SITE", description = "The site whose devices are asked.")
    private String site = "";
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        ClusterConfig config = Configured.load(file).config();
        List<Said> said = said(config);
        boolean good = said.stream().allMatch(Said::ok);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(object(said));
            return good ? 0 : Siteswap.REFUSED;
        }
        said.forEach(it -> out.printf(Locale.ROOT, "%-4s %s %s%n", it.ok() ? "ok" : "BAD",
                it.device(), it.text()));
        out.println(good
                ? "no device says that " + site + " has no power; 'off' was not tried"
                : "these devices cannot be relied upon: a site that has power must be seen to have it");
        return good ? 0 : Siteswap.REFUSED;
    }

    private List<Said> said(ClusterConfig config) throws InterruptedException {
        if (!config.sites().containsKey(site)) {
            throw new Unusable("there is no site '" + site + "' in " + file + " (expected one of "
                    + String.join(", ", config.sites().keySet()) + ")");
        }
        try {
            return new FenceDevices(config).test(site);
        } catch (ActionFailed e) {
            throw new Unusable("site '" + site + "' has no fence devices in " + file
                    + " (expected 'fence' with 'devices' at the site)", e);
        }
    }

    private ObjectNode object(List<Said> said) {
        ObjectNode all = JsonNodeFactory.instance.objectNode().put("site", site);
        ArrayNode devices = all.putArray("devices");
        said.forEach(it -> devices.addObject().put("name", it.device()).put("ok", it.ok())
                .put("said", it.text()));
        return all;
    }
}
