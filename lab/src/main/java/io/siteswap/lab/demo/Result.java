package io.siteswap.lab.demo;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of one run, as measured from outside.
 *
 * @param wrong one sentence for each thing that is not as it must be; empty: all is well
 * @param times absent where the scenario moves nothing
 * @param lost ids that were acknowledged and are not in the active database at the end
 * @param writePauseMs longest time without any acknowledged write
 */
record Result(Scenario scenario, List<String> wrong, String activeBefore, String activeAfter,
        Times times, List<Long> lost, long acknowledged, long dualWriterMs, long failedRequests,
        long writePauseMs, String loadBalancer, int net) {

    /** Milliseconds from the break until each was seen. */
    record Times(Optional<Long> detect, Optional<Long> decide, Optional<Long> route,
            Optional<Long> promote, Optional<Long> writable) {
        static final Times NONE = new Times(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    Result {
        wrong = List.copyOf(wrong);
        lost = List.copyOf(lost);
    }

    boolean ok() {
        return wrong.isEmpty();
    }

    ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("scenario", scenario.toString());
        json.put("outcome", ok() ? "ok" : "wrong");
        json.put("activeBefore", activeBefore);
        json.put("activeAfter", activeAfter);
        put(json, "detectMs", times.detect());
        put(json, "decideMs", times.decide());
        put(json, "routeMs", times.route());
        put(json, "promoteMs", times.promote());
        put(json, "writableMs", times.writable());
        json.put("lostTransactions", lost.size());
        json.put("dualWriterMs", dualWriterMs);
        json.put("acknowledged", acknowledged);
        json.put("failedRequests", failedRequests);
        json.put("writePauseMs", writePauseMs);
        json.put("loadBalancer", loadBalancer);
        json.put("seed", net);
        json.putPOJO("wrong", wrong);
        return json;
    }

    private static void put(ObjectNode json, String name, Optional<Long> millis) {
        millis.ifPresentOrElse(ms -> json.put(name, ms), () -> json.putNull(name));
    }
}
