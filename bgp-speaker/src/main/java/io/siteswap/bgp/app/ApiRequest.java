package io.siteswap.bgp.app;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One line of a client. */
sealed interface ApiRequest {

    record SetStance(String service, long epoch, String prefix, String rung) implements ApiRequest {
    }

    record Neighbors() implements ApiRequest {
    }

    record Stances() implements ApiRequest {
    }

    record Routes() implements ApiRequest {
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
                case "routes" -> new Routes();
                case "watch" -> new Watch();
                default -> new Wrong("There is no op '" + op
                        + "': write stance, neighbors, stances, routes or watch.");
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
                || epoch.longValue() < 1) {
            return new Wrong("A stance needs service, epoch (a number from 1), prefix and rung.");
        }
        return new SetStance(service.get(), epoch.longValue(), prefix.get(), rung.get());
    }

    private static Optional<String> text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }
}
