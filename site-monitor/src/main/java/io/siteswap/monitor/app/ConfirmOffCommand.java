package io.siteswap.monitor.app;

import io.siteswap.monitor.app.ApiClient.Answer;
import io.siteswap.monitor.app.Siteswap.Refused;
import io.siteswap.monitor.app.Siteswap.Unusable;
import java.io.Console;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siteswap confirm-off}: a person's word in place of a fence device's. */
@Command(name = "confirm-off", mixinStandardHelpOptions = true, description = "Say that you have looked and nothing at a site has power, so that another site may take over at once. If it is not true, two sites write.")
final class ConfirmOffCommand implements Callable<Integer> {

    @Mixin
    private ApiClient api = new ApiClient();
    @Parameters(paramLabel = "SERVICE")
    private String service = "";
    @Option(names = "--site", required = true, paramLabel = "SITE", description = "The site that holds the service and has no power.")
    private String site = "";
    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        // What a person has looked at is the site under this epoch; under another it may have power.
        long epoch = api.get("/api/status").good().path("services").path(service).path("epoch")
                .asLong(0);
        if (!yes) {
            ask();
        }
        Answer answer = api.post("/api/services/" + ApiClient.word(service) + "/powered-off",
                ClientCommands.body().put("site", site).put("epoch", epoch));
        spec.commandLine().getOut().println(api.said(answer,
                site + " counts as without power: another site may be granted " + service));
        return 0;
    }

    private void ask() {
        Console console = Optional.ofNullable(System.console()).filter(Console::isTerminal)
                .orElseThrow(() -> new Unusable("there is no terminal to ask for a confirmation:"
                        + " say --yes when you have looked and nothing at " + site
                        + " has power"));
        console.printf("%s%n", warning(service, site));
        String answer = console.readLine("Type the site's name to confirm: ");
        if (!Optional.ofNullable(answer).map(String::strip).filter(site::equals).isPresent()) {
            throw new Refused("not confirmed, so nothing was said to the monitors");
        }
    }

    static String warning(String service, String site) {
        return "If anything at " + site + " that may write for " + service
                + " still has power, two sites write, and what one of them writes is lost.";
    }
}
