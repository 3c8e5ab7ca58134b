package io.siteswap.monitor.app;

import io.siteswap.monitor.app.ApiClient.Answer;
import io.siteswap.monitor.app.Siteswap.Unusable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siteswap label SITE NAME=VALUE}: writes on a site what rules may read. */
@Command(name = "label", mixinStandardHelpOptions = true, description = "Write a label on a site, for rules to read; NAME= takes it away. The shipped rules make nothing of labels.")
final class LabelCommand implements Callable<Integer> {

    @Mixin
    private ApiClient api = new ApiClient();
    @Parameters(paramLabel = "SITE")
    private String site = "";
    @Parameters(paramLabel = "NAME=VALUE")
    private String label = "";
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        int equals = label.indexOf('=');
        if (equals < 1) {
            throw new Unusable("expected NAME=VALUE, or NAME= to take a label away, not '" + label
                    + "'");
        }
        String name = label.substring(0, equals);
        String value = label.substring(equals + 1);
        Answer answer = api.post("/api/sites/" + ApiClient.word(site) + "/labels",
                ClientCommands.body().put("name", name).put("value", value));
        spec.commandLine().getOut().println(api.said(answer, site + (value.isEmpty()
                ? " has no label " + name + " any more"
                : " is labelled " + name + "=" + value)));
        return 0;
    }
}
