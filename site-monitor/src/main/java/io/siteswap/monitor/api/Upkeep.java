package io.siteswap.monitor.api;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.siteswap.monitor.api.ApiServer.Refusal;
import io.siteswap.monitor.failover.Cluster;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What operators write down: maintenance, labels, that a site has no power, what they override. */
final class Upkeep {

    private static final int MAX_TEXT = 200;
    private static final int MAX_OVERRIDES = 20;
    /** Labels are facts in every evaluation and part of every snapshot. */
    static final int MAX_LABELS = 50;
    /** As in the configuration's schema. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

    private final ApiServer api;
    private final Monitor monitor;

    Upkeep(ApiServer api, Monitor monitor) {
        this.api = api;
        this.monitor = monitor;
    }

    void routes(JavalinConfig config) {
        config.routes.post("/api/services/{service}/maintenance", this::maintenance);
        config.routes.post("/api/services/{service}/powered-off", this::poweredOff);
        config.routes.post("/api/sites/{site}/labels", this::label);
    }

    private void maintenance(Context ctx) {
        String name = ctx.pathParam("service");
        ServiceState state = api.service(name);
        JsonNode body = ApiServer.body(ctx);
        if (!body.path("on").isBoolean()) {
            throw bad("'on' must be true, when work begins, or false, when it is over.");
        }
        boolean on = body.path("on").asBoolean();
        String site = siteOf(name, body);
        String reason = on ? reason(body) : "";
        String operator = ApiServer.operator(body);
        if (!on && !state.maintenance().containsKey(site)) {
            throw new Refusal(HttpStatus.CONFLICT, nothingToEnd(name, site, state));
        }
        api.propose(ctx, new Command.Maintain(name, site, reason, operator,
                System.currentTimeMillis()));
    }

    /** Empty for the service wherever it is. */
    private String siteOf(String service, JsonNode body) {
        List<String> sites = monitor.node().setup().cluster().services().stream()
                .filter(it -> it.name().equals(service)).map(Cluster.Service::sites).findFirst()
                .orElse(List.of());
        JsonNode given = body.path("site");
        String site = given.asString("");
        boolean named = given.isString() || given.isMissingNode();
        if (!named || !(site.isEmpty() || sites.contains(site))) {
            throw bad("'site' must be empty, for the whole service, or one of "
                    + String.join(", ", sites) + ", not '" + given.asString(given.toString())
                    + "'.");
        }
        return site;
    }

    private static String reason(JsonNode body) {
        String reason = body.path("reason").asString("");
        if (reason.isBlank() || !line(reason)) {
            throw bad("'reason' must say why, in 1 to " + MAX_TEXT + " characters on one line.");
        }
        return reason;
    }

    private static String nothingToEnd(String service, String site, ServiceState state) {
        String others = state.maintenance().keySet().stream().sorted().map(Upkeep::where)
                .collect(Collectors.joining(" and "));
        return "There is no maintenance of service " + service + " " + where(site) + " to end"
                + (others.isEmpty() ? "." : ", only " + others + ".");
    }

    private static String where(String site) {
        return site.equals(ServiceState.EVERYWHERE) ? "as a whole" : "at " + site;
    }

    private void label(Context ctx) {
        String site = ctx.pathParam("site");
        if (!api.sites().contains(site)) {
            throw new Refusal(HttpStatus.NOT_FOUND, "There is no site '" + site + "'; there is: "
                    + String.join(", ", api.sites()) + ".");
        }
        JsonNode body = ApiServer.body(ctx);
        String name = body.path("name").asString("");
        if (!NAME.matcher(name).matches()) {
            throw bad("'name' must be at most 63 letters, digits, '-' and '_' and start with a"
                    + " letter, not '" + name + "'.");
        }
        JsonNode value = body.path("value");
        if (!value.isString() || !line(value.asString())) {
            throw bad("'value' must be text of at most " + MAX_TEXT
                    + " characters on one line; an empty one takes the label away.");
        }
        fits(site, name, value.asString());
        api.propose(ctx, new Command.Label(site, name, value.asString(),
                ApiServer.operator(body)));
    }

    private void fits(String site, String name, String value) {
        Map<String, String> labels = new TreeMap<>(
                monitor.node().state().labels().getOrDefault(site, Map.of()));
        if (value.isEmpty() && !labels.containsKey(name)) {
            throw new Refusal(HttpStatus.CONFLICT, site + " has no label '" + name + "'"
                    + (labels.isEmpty()
                            ? "."
                            : "; it has: " + String.join(", ", labels.keySet()) + "."));
        }
        if (!value.isEmpty() && !labels.containsKey(name) && labels.size() >= MAX_LABELS) {
            throw new Refusal(HttpStatus.CONFLICT, site + " has " + MAX_LABELS
                    + " labels, and no more fit; take one away first.");
        }
    }

    /** Whether the ticket is being taken away from the site, the log judges. */
    private void poweredOff(Context ctx) {
        String name = ctx.pathParam("service");
        Ticket ticket = api.service(name).ticket();
        JsonNode body = ApiServer.body(ctx);
        String site = api.site(body, "site");
        String operator = ApiServer.operator(body);
        if (!ticket.holder().equals(site)) {
            throw new Refusal(HttpStatus.CONFLICT, (ticket.holder().isEmpty()
                    ? "Nobody holds service " + name
                    : ticket.holder() + " holds service " + name + ", not " + site)
                    + ": only the power of the site that holds it matters here.");
        }
        JsonNode epoch = body.path("epoch");
        if (!epoch.isIntegralNumber()) {
            throw bad("'epoch' must be the number that the status showed for service " + name
                    + " when somebody looked at " + site + ".");
        }
        if (epoch.asLong() != ticket.epoch()) {
            throw new Refusal(HttpStatus.CONFLICT, site + " has been granted service " + name
                    + " anew since: its epoch is " + ticket.epoch() + ", not " + epoch.asLong()
                    + ". Look again whether it has power.");
        }
        api.propose(ctx, new Command.PoweredOff(name, site, ticket.epoch(), operator));
    }

    /** The rules that who asks for a move takes upon himself; none when the key is missing. */
    static List<String> overrides(JsonNode body) {
        JsonNode given = body.path("overrides");
        List<String> rules = new ArrayList<>();
        given.forEach(rule -> rules.add(rule.isString() ? rule.asString() : ""));
        boolean good = (given.isArray() || given.isMissingNode()) && rules.size() <= MAX_OVERRIDES
                && rules.stream().allMatch(rule -> !rule.isBlank() && line(rule));
        if (!good) {
            throw bad("'overrides' must be a list of at most " + MAX_OVERRIDES
                    + " names of rules, each a text of 1 to " + MAX_TEXT + " characters.");
        }
        return rules.stream().distinct().toList();
    }

    /** What would break the lines of a status, or fill them, is not taken. */
    private static boolean line(String text) {
        return line(text, MAX_TEXT);
    }

    static boolean line(String text, int most) {
        return text.length() <= most && text.chars().noneMatch(Character::isISOControl);
    }

    private static Refusal bad(String sentence) {
        return new Refusal(HttpStatus.BAD_REQUEST, sentence);
    }
}
