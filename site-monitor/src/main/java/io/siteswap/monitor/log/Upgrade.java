package io.siteswap.monitor.log;

import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Ledger;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an older version of the program wrote, as the current one writes it. Entries of the log are
 * read one by one and applied anew, so each must come to the same state as it did then.
 *
 * <p>Format 1 had no numbers in Joins, did not ask what one replaces, and left to the words of a
 * decision that its transition was given up. Up to format 2 a Join made nothing void. Up to format 3
 * nobody could override a rule, work on a service or label a site, no ledger was kept, and a decision
 * did not say whether somebody had asked for it.
 */
final class Upgrade {

    private static final String ABORTED = "Aborted: ";

    private Upgrade() {
    }

    /** Changes an entry or a snapshot of an older format in place. */
    static void toCurrent(ObjectNode old) {
        int version = old.path("version").asInt();
        old.put("version", Codec.VERSION);
        if (old.path("command") instanceof ObjectNode command) {
            command(command, version);
        }
        if (version < 2) {
            unfinished(old);
        }
        if (old.path("state") instanceof ObjectNode state) {
            books(state);
        }
    }

    private static void command(ObjectNode command, int version) {
        switch (command.path("is").asString("")) {
            case "Join" -> join(command, version);
            case "Request" -> command.putArray("overrides");
            case "Decide" -> command.put("asked", false);
            case String _ -> {
            }
        }
    }

    private static void join(ObjectNode join, int version) {
        if (version < 2) {
            join.put("number", 0);
            join.put("replaces", Command.Join.ANY);
        }
        if (version < 3) {
            join.put("voids", false);
        }
    }

    /** What formats up to 3 had no room for. */
    private static void books(ObjectNode state) {
        state.putObject("labels");
        for (JsonNode each : state.path("services")) {
            ObjectNode service = (ObjectNode) each;
            service.putObject("maintenance");
            service.set("ledger", Codec.tree(Ledger.EMPTY));
            if (service.path("running") instanceof ObjectNode running) {
                running.put("asked", false);
            }
            if (service.path("request") instanceof ObjectNode request) {
                request.putArray("overrides");
            }
        }
    }

    private static void unfinished(ObjectNode old) {
        for (JsonNode service : old.path("state").path("services")) {
            ((ObjectNode) service).put("unfinished", whatIsUnfinished(service).orElse(null));
        }
    }

    private static Optional<String> whatIsUnfinished(JsonNode service) {
        JsonNode last = service.path("last");
        JsonNode ticket = service.path("ticket");
        boolean calm = service.path("running").isNull()
                && ticket.path("phase").asString("").equals("HELD");
        boolean its = !last.path("kind").asString("").equals("STAY")
                && last.path("to").asString("").equals(ticket.path("holder").asString(""));
        if (!calm || !its) {
            return Optional.empty();
        }
        for (JsonNode reason : last.path("reasons")) {
            if (reason.asString("").startsWith(ABORTED)) {
                return Optional.of(reason.asString("").substring(ABORTED.length()));
            }
        }
        return Optional.empty();
    }
}
