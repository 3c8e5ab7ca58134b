package io.siteswap.lab.scenarios;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a scenario ended. Times are ms after the fault (or the command) and absent where nothing of
 * the kind happened.
 *
 * @param activeBefore the site whose database took writes before, as the direct writers saw it
 * @param detect first event of a monitor that shows it has noticed: health, alarm or decision
 * @param decide first decision
 * @param route the transit router sends the prefix to the new site's provider
 * @param promote the new site's database takes a direct writer's write
 * @param writable after that, a customer's order through the anycast address is acknowledged
 * @param lost acknowledged orders that the active database does not have
 * @param dualWriter both databases took writes
 * @param failed orders that were not acknowledged, over the whole scenario
 * @param before FRR's table on the transit router, as JSON text
 * @param wrong what is not as it should be; empty when all is well
 */
record Outcome(String scenario, String activeBefore, String activeAfter, OptionalLong detect,
        OptionalLong decide, OptionalLong route, OptionalLong promote, OptionalLong writable,
        long lost, long dualWriter, long failed, long acknowledged, String before, String after,
        List<String> wrong) {

    Outcome {
        wrong = List.copyOf(wrong);
    }

    boolean good() {
        return wrong.isEmpty();
    }

    String json() {
        var mapper = JsonMapper.shared();
        var line = mapper.createObjectNode();
        line.put("scenario", scenario);
        line.put("outcome", good() ? "ok" : "wrong");
        line.put("activeBefore", activeBefore);
        line.put("activeAfter", activeAfter);
        put(line, "detectMs", detect);
        put(line, "decideMs", decide);
        put(line, "routeMs", route);
        put(line, "promoteMs", promote);
        put(line, "writableMs", writable);
        line.put("lostTransactions", lost);
        line.put("dualWriterMs", dualWriter);
        line.put("failedRequests", failed);
        line.put("acknowledgedRequests", acknowledged);
        line.set("wrong", mapper.valueToTree(wrong));
        line.set("transitBefore", mapper.readTree(before));
        line.set("transitAfter", mapper.readTree(after));
        return mapper.writeValueAsString(line);
    }

    private static void put(ObjectNode line, String name, OptionalLong value) {
        if (value.isPresent()) {
            line.put(name, value.getAsLong());
        } else {
            line.putNull(name);
        }
    }

    /** For people. */
    String summary() {
        return """
                %s: %s
                  active                    %s -> %s
                  detected, decided         %s, %s
                  transit routes to it      %s
                  database takes writes     %s
                  customers can order       %s
                  orders kept / failed      %d / %d
                  acknowledged but lost     %d
                  both databases writable   %d ms
                  transit router before     %s
                  transit router after      %s
                """.formatted(scenario, good() ? "as it should be" : "WRONG", activeBefore,
                activeAfter, ms(detect), ms(decide), ms(route), ms(promote), ms(writable),
                acknowledged, failed, lost, dualWriter, paths(before), paths(after))
                + String.join("", wrong.stream().map(w -> "  wrong: " + w + "\n").toList());
    }

    private static String ms(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() + " ms" : "-";
    }

    /** How many paths FRR's table has. */
    static int pathCount(String table) {
        return JsonMapper.shared().readTree(table).path("paths").size();
    }

    /** The AS path that begins with this AS. */
    static Optional<String> pathThrough(String table, long as) {
        return JsonMapper.shared().readTree(table).path("paths").valueStream()
                .map(path -> path.path("aspath").path("string").asString(""))
                .filter(path -> path.startsWith(as + " ")).findFirst();
    }

    private static String paths(String table) {
        var paths = JsonMapper.shared().readTree(table).path("paths").valueStream()
                .map(path -> path.path("aspath").path("string").asString("?")
                        + (path.path("bestpath").path("overall").asBoolean(false)
                                ? " (best)"
                                : ""))
                .toList();
        return paths.isEmpty() ? "no path" : String.join(" | ", paths);
    }
}
