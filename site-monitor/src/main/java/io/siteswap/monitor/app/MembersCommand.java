package io.siteswap.monitor.app;

import io.siteswap.monitor.app.ApiClient.Answer;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code siteswap members}: who votes, and who should by the file. */
@Command(name = "members", mixinStandardHelpOptions = true, description = "Show the members of the log beside those of the monitor's configuration file.")
final class MembersCommand implements Callable<Integer> {

    /** Two that come and two that go, each with its catching up. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Mixin
    private ApiClient api = new ApiClient();
    @Option(names = "--apply", description = "Make the members those of the configuration file on the"
            + " disk of the monitor that is asked, one after the other, and wait.")
    private boolean apply;

    @Override
    public Integer call() throws InterruptedException {
        if (apply) {
            Answer answer = api.post("/api/members", ClientCommands.body(), PATIENCE);
            System.out.println(api.said(answer, answer.body().path("done").asString("")));
            return 0;
        }
        Answer answer = api.get("/api/members");
        JsonNode roster = answer.good();
        if (api.json()) {
            System.out.println(answer.text());
        } else {
            Printed.members(roster).forEach(System.out::println);
        }
        return 0;
    }
}
