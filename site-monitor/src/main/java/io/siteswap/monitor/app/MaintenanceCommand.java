package io.siteswap.monitor.app;

import io.siteswap.monitor.app.ApiClient.Answer;
import io.siteswap.monitor.app.Siteswap.Unusable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code siteswap maintenance SERVICE on|off}: somebody works on it, or has finished. */
@Command(name = "maintenance", mixinStandardHelpOptions = true, description = "Say that somebody works on a service, so that it does not move by itself, or with --site that it cannot move there; and that the work is over.")
final class MaintenanceCommand implements Callable<Integer> {

    @Mixin
    private ApiClient api = new ApiClient();
    @Parameters(paramLabel = "SERVICE")
    private String service = "";
    @Parameters(paramLabel = "on|off")
    private String turn = "";
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; needed for 'on'. Holds, refusals and the status show it.")
    private String reason = "";
    @Option(names = "--site", paramLabel = "SITE", description = "Only at this site: it cannot take over. Default: the whole service.")
    private String site = "";
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        boolean on = turn.equals("on");
        if (!on && !turn.equals("off")) {
            throw new Unusable("expected 'on' or 'off' after the service, not '" + turn + "'");
        }
        if (on == reason.isBlank()) {
            throw new Unusable(on
                    ? "--reason is missing: say why, everybody will read it"
                    : "--reason belongs to 'on'; work that is over needs none");
        }
        ObjectNode body = ClientCommands.body().put("on", on).put("site", site)
                .put("reason", reason);
        Answer answer = api.post("/api/services/" + ApiClient.word(service) + "/maintenance",
                body);
        spec.commandLine().getOut().println(api.said(answer, said(on)));
        return 0;
    }

    private String said(boolean on) {
        if (!on) {
            return "maintenance of " + service + where() + " is over";
        }
        return service + " is in maintenance" + where() + (site.isEmpty()
                ? ": it moves only when asked to"
                : ": " + site + " cannot take it over");
    }

    private String where() {
        return site.isEmpty() ? "" : " at " + site;
    }
}
