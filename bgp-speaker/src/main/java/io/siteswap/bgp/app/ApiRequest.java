package io.siteswap.bgp.app;

import io.siteswap.bgp.wire.Prefix;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One line of a client. */
sealed interface ApiRequest {

    /** What may take its time. */
    sealed interface Question extends ApiRequest {
    }

    record SetStance(String service, long epoch, String prefix, String rung,
            boolean override) implements ApiRequest {
    }

    record Neighbors() implements Question {
    }

    record Stances() implements Question {
    }

    record Summary() implements Question {
    }

    record Routes(RouteQuery query) implements Question {
    }

    /**
     * @param limit about so many prefixes in one answer
     * @param from where to go on, from the answer before
     */
    record Advertised(String neighbor, int limit, RouteQuery.Cursor from) implements Question {
    }

    record Errors(Optional<String> neighbor) implements Question {
    }

    /** @param within only of own prefixes in this one */
    record LookBack(Optional<Prefix> within) implements Question {
    }

    record ReadAgain() implements Question {
    }

    /** The speaker ends, to start again soon. */
    record Leave() implements ApiRequest {
    }

    record Act(String neighbor, NeighborAction action, String message) implements Question {
    }

    record Watch() implements ApiRequest {
    }

    /** @param reason one sentence */
    record Wrong(String reason) implements ApiRequest {
    }

    static ApiRequest parse(String line) {
        try {
            JsonNode json = Json.MAPPER.readTree(line);
            String op = text(json, "op").orElse("");
            return switch (op) {
                case "stance" -> stance(json);
                case "neighbors" -> new Neighbors();
                case "stances" -> new Stances();
                case "routes" -> routes(json);
                case "summary" -> new Summary();
                case "neighbor" -> act(json);
                case "seen" -> lookBack(json);
                case "reload" -> new ReadAgain();
                case "leave" -> new Leave();
                case "errors" -> new Errors(text(json, "neighbor"));
                case "advertised" -> advertised(json);
                case "watch" -> new Watch();
                default -> new Wrong("There is no op '" + op + "': write stance, neighbors,"
                        + " neighbor, stances, routes, seen, advertised, errors, summary,"
                        + " reload, leave or watch.");
            };
        } catch (JacksonException e) {
            return new Wrong("A request is one JSON object on one line.");
        }
    }

    private static ApiRequest stance(JsonNode json) {
        Optional<String> service = text(json, "service");
        Optional<String> prefix = text(json, "prefix");
        Optional<String> rung = text(json, "rung");
        JsonNode epoch = json.path("epoch");
        if (service.isEmpty() || prefix.isEmpty() || rung.isEmpty()
                || !epoch.isIntegralNumber() || !epoch.canConvertToLong()
                || epoch.longValue() < 0) {
            return new Wrong("A stance needs service, epoch (a number), prefix and rung.");
        }
        return new SetStance(service.get(), epoch.longValue(), prefix.get(), rung.get(),
                json.path("override").asBoolean(false));
    }

    private static ApiRequest advertised(JsonNode json) {
        Optional<String> neighbor = text(json, "neighbor");
        if (neighbor.isEmpty()) {
            return new Wrong("Which neighbor? Write neighbor.");
        }
        return switch (routes(json)) {
            case Routes(RouteQuery query) -> new Advertised(neighbor.get(), query.limit(),
                    query.from());
            case ApiRequest wrong -> wrong;
        };
    }

    private static ApiRequest routes(JsonNode json) {
        try {
            return new Routes(new RouteQuery(text(json, "prefix").map(Prefix::parse),
                    json.path("longer").asBoolean(false) || !json.has("prefix"),
                    text(json, "neighbor"), json.path("best").asBoolean(false),
                    json.path("limit").asInt(RouteQuery.DEFAULT_LIMIT),
                    text(json, "from").map(RouteQuery.Cursor::parse)
                            .orElse(RouteQuery.Cursor.START)));
        } catch (IllegalArgumentException e) {
            return new Wrong(String.valueOf(e.getMessage()));
        }
    }

    private static ApiRequest lookBack(JsonNode json) {
        try {
            return new LookBack(text(json, "prefix").map(Prefix::parse));
        } catch (IllegalArgumentException e) {
            return new Wrong(String.valueOf(e.getMessage()));
        }
    }

    private static ApiRequest act(JsonNode json) {
        Optional<NeighborAction> action = text(json, "action").flatMap(NeighborAction::of);
        Optional<String> neighbor = text(json, "neighbor");
        return action.isPresent() && neighbor.isPresent()
                ? new Act(neighbor.get(), action.get(), text(json, "message").orElse(""))
                : new Wrong("It needs a neighbor and an action: " + NeighborAction.words() + ".");
    }

    private static Optional<String> text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }
}
