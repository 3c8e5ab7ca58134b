package io.siteswap.monitor.app;

import io.siteswap.monitor.app.ApiClient.Answer;
import io.siteswap.monitor.app.ClientCommands.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends a request that starts a transition and tells its steps until its end. */
final class Follow {

    private static final long LOOK_MILLIS = 100;
    /** A follower's replica is at most this far behind the commit that we have seen. */
    private static final long LAG_MILLIS = 2_000;

    private final ApiClient api;
    private final String service;
    private final Waiting waiting;

    Follow(ApiClient api, String service, Waiting waiting) {
        this.api = api;
        this.service = service;
        this.waiting = waiting;
    }

    /** Exit code. {@code reached} judges the service's status once nothing runs any more. */
    int run(String verb, ObjectNode body, Predicate<JsonNode> reached, String success)
            throws Exception {
        JsonNode before = look();
        try (AutoCloseable _ = api.events(this::tell)) {
            Answer answer = api.post("/api/services/" + ApiClient.word(service) + "/" + verb, body);
            answer.good();
            if (!waiting.waits()) {
                System.out.println(api.json() ? answer.text() : "accepted");
                return 0;
            }
            return await(before, reached, success);
        }
    }

    private int await(JsonNode before, Predicate<JsonNode> reached, String success)
            throws InterruptedException {
        long start = System.nanoTime();
        boolean begun = false;
        List<String> failed = List.of();
        while (elapsed(start) < TimeUnit.SECONDS.toMillis(waiting.seconds())) {
            JsonNode now = look();
            boolean busy = now.path("running").isObject() || now.path("request").isObject();
            failed = now.path("running").isObject() ? failures(now) : failed;
            begun = begun || busy || !now.path("last").equals(before.path("last"))
                    || !now.path("epoch").equals(before.path("epoch"));
            if (!busy && (begun || elapsed(start) > LAG_MILLIS)) {
                return ended(now, reached.test(now) && failed.isEmpty(), success, failed);
            }
            Thread.sleep(LOOK_MILLIS);
        }
        System.err.println("siteswap: not over after " + waiting.seconds()
                + " s; it goes on, see 'siteswap status'");
        return Siteswap.REFUSED;
    }

    private static long elapsed(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private JsonNode look() throws InterruptedException {
        return api.get("/api/status").good().path("services").path(service);
    }

    /** Steps that failed and were not best effort would have ended the transition. */
    private static List<String> failures(JsonNode status) {
        List<String> failed = new ArrayList<>();
        status.path("running").path("steps").forEach(step -> {
            if (step.path("verb").asString("").equals("RESYNC")
                    && step.path("state").asString("").equals("failed")) {
                failed.add(step.path("id").asString() + ": " + step.path("detail").asString(""));
            }
        });
        return failed;
    }

    private int ended(JsonNode now, boolean good, String success, List<String> failed) {
        if (api.json()) {
            System.out.println(now);
        } else if (good) {
            System.out.println(success);
        }
        if (good) {
            return 0;
        }
        List<String> why = new ArrayList<>(failed);
        if (why.isEmpty()) {
            now.path("last").path("reasons").forEach(reason -> why.add(reason.asString()));
        }
        System.err.println("siteswap: " + (why.isEmpty()
                ? "it did not happen"
                : String.join(" ", why)));
        return Siteswap.REFUSED;
    }

    private void tell(JsonNode bulletin) {
        boolean ours = bulletin.path("service").asString("").equals(service);
        if (ours && !api.json()) {
            System.out.println("  " + bulletin.path("kind").asString() + ": "
                    + bulletin.path("text").asString());
        }
    }
}
