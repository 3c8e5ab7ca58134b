package io.siteswap.monitor.app;

import io.siteswap.monitor.app.ApiClient.Answer;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Commands for people and scripts: each asks a running monitor. */
final class ClientCommands {

    private ClientCommands() {
    }

    /** Who asks, for the record in the log. */
    static String operator() {
        String user = System.getenv("SUDO_USER");
        return user != null && !user.isBlank() ? user : System.getProperty("user.name", "?");
    }

    static ObjectNode body() {
        return JsonNodeFactory.instance.objectNode().put("operator", operator());
    }

    @Command(name = "status", description = "Show who is active, what runs and what is seen.", mixinStandardHelpOptions = true)
    static final class Status implements Callable<Integer> {
        @Mixin
        private ApiClient api = new ApiClient();

        @Override
        public Integer call() throws InterruptedException {
            Answer answer = api.get("/api/status");
            JsonNode status = answer.good();
            if (api.json()) {
                System.out.println(answer.text());
            } else {
                Printed.status(status).forEach(System.out::println);
            }
            return 0;
        }
    }

    @Command(name = "explain", mixinStandardHelpOptions = true, description = "Show what policy says about a service now, and from which facts.")
    static final class Explain implements Callable<Integer> {
        @Mixin
        private ApiClient api = new ApiClient();
        @Parameters(paramLabel = "SERVICE")
        private String service = "";

        @Override
        public Integer call() throws InterruptedException {
            Answer answer = api.get("/api/explain/" + ApiClient.word(service));
            JsonNode explain = answer.good();
            if (api.json()) {
                System.out.println(answer.text());
            } else {
                Printed.explain(explain).forEach(System.out::println);
            }
            return 0;
        }
    }

    @Command(name = "active", mixinStandardHelpOptions = true, description = "Exit 0 when the monitor's site is active for the service, else 1.")
    static final class Active implements Callable<Integer> {
        @Mixin
        private ApiClient api = new ApiClient();
        @Parameters(paramLabel = "SERVICE")
        private String service = "";

        @Override
        public Integer call() throws InterruptedException {
            Answer answer = api.get("/api/active/" + ApiClient.word(service));
            boolean known = answer.body().has("active");
            boolean active = answer.body().path("active").asBoolean(false);
            if (!known) {
                answer.good();
            }
            System.out.println(api.json()
                    ? answer.text()
                    : answer.body().path("site").asString() + (active
                            ? " is active for "
                            : " is not active for ") + service);
            return active ? 0 : Siteswap.REFUSED;
        }
    }

    @Command(name = "ack", mixinStandardHelpOptions = true, description = "Allow automatic moves of a service again.")
    static final class Ack implements Callable<Integer> {
        @Mixin
        private ApiClient api = new ApiClient();
        @Parameters(paramLabel = "SERVICE")
        private String service = "";

        @Override
        public Integer call() throws InterruptedException {
            Answer answer = api.post("/api/services/" + ApiClient.word(service) + "/ack", body());
            System.out.println(
                    api.said(answer, "automatic moves of " + service + " are allowed again"));
            return 0;
        }
    }

    @Command(name = "switchover", mixinStandardHelpOptions = true, description = "Move a service to a site, and wait until it is there.")
    static final class Switchover implements Callable<Integer> {
        @Mixin
        private ApiClient api = new ApiClient();
        @Mixin
        private Waiting waiting = new Waiting();
        @Parameters(paramLabel = "SERVICE")
        private String service = "";
        @Option(names = "--to", required = true, paramLabel = "SITE", description = "The site that becomes active.")
        private String to = "";
        @Option(names = "--force", description = "Skip the check that the standby lacks nothing:"
                + " what it lacks is lost.")
        private boolean force;
        @Option(names = "--override", paramLabel = "RULE", description = "Move although this rule forbids it; may be given several times. A"
                + " refusal names the rule. Rules of the safety pack cannot be overridden. Who"
                + " overrode which rule is written down with the decision.")
        private List<String> overrides = List.of();

        @Override
        public Integer call() throws Exception {
            ObjectNode body = body().put("to", to).put("force", force);
            ArrayNode rules = body.putArray("overrides");
            overrides.forEach(rules::add);
            return new Follow(api, service, waiting).run("move", body,
                    s -> s.path("holder").asString("").equals(to), service + " is at " + to);
        }
    }

    @Command(name = "resync", mixinStandardHelpOptions = true, description = "Rebuild the standby of a service from the active site, and wait.")
    static final class Resync implements Callable<Integer> {
        @Mixin
        private ApiClient api = new ApiClient();
        @Mixin
        private Waiting waiting = new Waiting();
        @Parameters(paramLabel = "SERVICE")
        private String service = "";
        @Option(names = "--at", required = true, paramLabel = "SITE", description = "The standby site that is rebuilt. What only it has is lost.")
        private String at = "";

        @Override
        public Integer call() throws Exception {
            return new Follow(api, service, waiting).run("resync", body().put("site", at),
                    s -> !s.path("holder").asString("").equals(at),
                    service + " is rebuilt at " + at);
        }
    }

    /** How long the commands that start a transition wait for its end. */
    static final class Waiting {
        @Option(names = "--no-wait", description = "Return as soon as the request is accepted.")
        private boolean noWait;
        @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "300", description = "Wait at most this long. Default: ${DEFAULT-VALUE}.")
        private int seconds = 300;

        boolean waits() {
            return !noWait;
        }

        int seconds() {
            return seconds;
        }
    }
}
