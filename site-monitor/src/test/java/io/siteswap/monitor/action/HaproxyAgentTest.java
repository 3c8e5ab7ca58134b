package io.siteswap.monitor.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.config.ClusterConfig.ResourceSettings;
import io.siteswap.policy.plan.Step.Verb;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real HAProxy with the shipped hold action. */
class HaproxyAgentTest {

    private LocalHaproxy haproxy;
    private HaproxyAgent agent;

    @BeforeEach
    void start() throws Exception {
        LocalHaproxy.require();
        haproxy = LocalHaproxy.start();
        agent = new HaproxyAgent("lb", haproxy.settings());
    }

    @AfterEach
    void stop() throws Exception {
        if (haproxy != null) {
            haproxy.close();
        }
    }

    /** Clients with kept-alive and with fresh connections, each one request after the other. */
    private final class Hammer {
        final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
        final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean over;

        Hammer() {
            for (int i = 0; i < 8; i++) {
                boolean fresh = i % 2 == 0;
                threads.add(Thread.ofVirtual().start(() -> hammer(fresh)));
            }
        }

        private void hammer(boolean fresh) {
            HttpClient client = client();
            while (!over) {
                try {
                    HttpResponse<String> answer = get(fresh ? client() : client);
                    if (answer.statusCode() == 200) {
                        answers.computeIfAbsent(answer.body(), b -> new AtomicInteger())
                                .incrementAndGet();
                    } else {
                        failures.add("status " + answer.statusCode());
                    }
                } catch (IOException | InterruptedException e) {
                    failures.add(e.toString());
                }
            }
        }

        int count(String who) {
            return answers.getOrDefault(who, new AtomicInteger()).get();
        }

        int total() {
            return count("here") + count("there");
        }

        void awaitMore(String who, int more) throws InterruptedException {
            int before = count(who);
            Programs.await(more + " more answers from " + who, Duration.ofSeconds(20),
                    () -> count(who) >= before + more);
        }

        void stop() throws InterruptedException {
            over = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private HttpResponse<String> get(HttpClient client) throws IOException, InterruptedException {
        return client.send(HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + haproxy.port() + "/"))
                .timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aSwapUnderLoadFailsNoRequest() throws Exception {
        Hammer clients = new Hammer();
        try {
            clients.awaitMore("here", 100);
            for (int round = 0; round < 3; round++) {
                assertEquals("lb holds new requests.", agent.run(Verb.PAUSE, "", 2));
                int served = clients.total();
                Thread.sleep(50);
                // At most the answers that were on their way to the eight clients.
                assertTrue(clients.total() <= served + 8, "nothing is served during the pause");
                agent.run(Verb.STOP, "", 2);
                clients.awaitMore("there", 100);
                agent.run(Verb.PAUSE, "", 3);
                agent.run(Verb.START, "", 3);
                clients.awaitMore("here", 100);
            }
        } finally {
            clients.stop();
        }
        assertEquals(List.of(), List.copyOf(clients.failures));
    }

    @Test
    void aClientThatComesDuringThePauseIsServedAfterIt() throws Exception {
        agent.run(Verb.PAUSE, "", 1);
        CompletableFuture<HttpResponse<String>> held = client().sendAsync(HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + haproxy.port() + "/")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThrows(java.util.concurrent.TimeoutException.class,
                () -> held.get(300, TimeUnit.MILLISECONDS));
        long began = System.nanoTime();
        agent.run(Verb.START, "", 1);
        assertEquals("here", held.get(5, TimeUnit.SECONDS).body());
        assertTrue(System.nanoTime() - began < Duration.ofSeconds(1).toNanos());
    }

    @Test
    void everyVerbAskedTwiceSucceedsTwice() throws Exception {
        for (Verb verb : List.of(Verb.START, Verb.PAUSE, Verb.STOP)) {
            assertEquals(agent.run(verb, "", 1), agent.run(verb, "", 1));
        }
        assertEquals("there", get(client()).body());
        agent.run(Verb.START, "", 1);
        assertEquals("here", get(client()).body());
        agent.fence();
        agent.fence();
        assertEquals("there", get(client()).body());
    }

    @Test
    void namesThatHaproxyDoesNotKnowAreSaid() {
        Programs.assertSays("No such server", refused("shop", "app9"));
        Programs.assertSays("No such backend", refused("shoe", "app1"));
    }

    private ResourceAgent.ActionFailed refused(String backend, String server) {
        var wrong = new ResourceSettings.Haproxy(haproxy.socket(), "shop", backend,
                List.of(server), List.of());
        return assertThrows(ResourceAgent.ActionFailed.class,
                () -> new HaproxyAgent("lb", wrong).run(Verb.START, "", 1));
    }

    @Test
    void aHaproxyThatIsGoneIsSaid() throws Exception {
        haproxy.close();
        var failed = assertThrows(ResourceAgent.ActionFailed.class,
                () -> agent.run(Verb.START, "", 1));
        Programs.assertSays("does not answer", failed);
        assertFalse(Programs.listens(haproxy.port()));
    }
}
