package io.siteswap.monitor.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service is granted, served, and moved when its site stops. */
@Timeout(300)
class DaemonTest extends ThreeMonitors {

    @Test
    void aServiceIsGrantedServedAndMovedWhenItsSiteStops() throws Exception {
        for (String node : NODES) {
            start(node);
        }
        await("dc1 is active", () -> get("dc1", "/api/active/shop").statusCode() == 200
                && Files.exists(folder.resolve("app-dc1")));
        assertEquals(503, get("dc2", "/api/active/shop").statusCode());
        assertEquals("dc1", shop("dc2").path("holder").asString());
        await("nothing runs", () -> shop("arb").path("running").isNull());
        answersAreSentences();
        long epoch = shop("arb").path("epoch").asLong();

        Objects.requireNonNull(doors.get("dc1")).close();
        Objects.requireNonNull(daemons.remove("dc1")).close();
        assertTrue(Files.notExists(folder.resolve("app-dc1")), "dc1 stopped what it ran");
        await("dc2 is active", () -> get("dc2", "/api/active/shop").statusCode() == 200
                && Files.exists(folder.resolve("app-dc2")));
        assertTrue(shop("arb").path("epoch").asLong() > epoch);
        await("the move is over", () -> shop("arb").path("running").isNull());

        assertTrue(shop("arb").path("blocked").isString(), "rule 7: blocked after one move");
        assertEquals(202, post("arb", "/api/services/shop/ack", "{\"operator\":\"t\"}")
                .statusCode());
        // At both: one of them leads and decides about the next one.
        await("it is not blocked", () -> shop("dc2").path("blocked").isNull()
                && shop("arb").path("blocked").isNull());
        assertEquals(409, post("arb", "/api/services/shop/ack", "{\"operator\":\"t\"}")
                .statusCode());
    }

    private void answersAreSentences() throws Exception {
        assertError(404, get("dc1", "/api/active/nothing"));
        assertError(404, get("dc1", "/nowhere"));
        assertError(400, post("dc1", "/api/services/shop/move", "{\"to\":\"dc9\"}"));
        assertError(400, post("dc1", "/api/services/shop/move", "not json"));
        assertError(409, post("dc1", "/api/services/shop/move",
                "{\"to\":\"dc1\",\"operator\":\"t\"}"));
        assertError(409, post("dc1", "/api/services/shop/resync",
                "{\"site\":\"dc1\",\"operator\":\"t\"}"));
        // Leadership passes to the arbiter when that has compiled its rules; dc2 may still be at it.
        await("one leads", () -> leaders() == 1);
        await("dc2 explains it",
                () -> get("dc2", "/api/explain/shop").body().contains("dc1 keeps the service"));
    }

    private long leaders() throws Exception {
        long leaders = 0;
        for (String node : NODES) {
            leaders += get(node, "/api/leader-check").statusCode() == 200 ? 1 : 0;
        }
        return leaders;
    }

    @Test
    void aTakenAddressIsOneSentence() throws Exception {
        String api = config.node("dc1").api();
        int port = HostPort.parse(api).port();
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            IOException failure = assertThrows(IOException.class,
                    () -> MonitorDaemon.start(config, "dc1").close());
            assertTrue(String.valueOf(failure.getMessage()).contains("cannot listen on " + api));
        }
    }
}
