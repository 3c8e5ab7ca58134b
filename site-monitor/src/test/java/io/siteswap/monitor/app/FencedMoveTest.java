package io.siteswap.monitor.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.api.Bulletin;
import io.siteswap.monitor.api.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Rule 3 (c): dc1 has no guard and a fence device, so that nobody follows it before the device
 * confirms. The device is a script: there is power while a file is there, and it cannot be switched
 * off while another one is.
 */
@Timeout(300)
class FencedMoveTest extends ThreeMonitors {

    @Override
    String dc1() {
        return "{fence: {devices: [{name: pdu, timeout: 10s, off: [sh, -c, 'test ! -e " + folder
                + "/jammed && rm " + folder + "/power'], confirm: [sh, -c, 'test ! -e " + folder
                + "/power && echo outlet 7 is off']}]}}";
    }

    private void dc1Serves() throws Exception {
        Files.createFile(folder.resolve("power"));
        for (String node : NODES) {
            start(node);
        }
        await("dc1 is active", () -> get("dc1", "/api/active/shop").statusCode() == 200
                && Files.exists(folder.resolve("app-dc1")));
        await("nothing runs", () -> shop("arb").path("running").isNull());
        await("the ledger has begun", () -> shop("arb").path("up").asBoolean(false));
    }

    private void dc1IsLost() throws Exception {
        Objects.requireNonNull(doors.get("dc1")).close();
        Objects.requireNonNull(daemons.remove("dc1")).close();
    }

    private boolean told(String words) {
        return Objects.requireNonNull(daemons.get("dc2")).bulletins().newest().stream()
                .map(Bulletin::text).anyMatch(it -> it.contains(words));
    }

    private boolean alarmed(String words) {
        return daemons.values().stream()
                .flatMap(it -> it.bulletins().newest().stream()).map(Bulletin::text)
                .anyMatch(it -> it.contains(words));
    }

    private String error(HttpResponse<String> answer) {
        assertError(409, answer);
        return Json.read(answer.body()).path("error").asString();
    }

    private HttpResponse<String> sayOff(String site) throws Exception {
        return post("dc2", "/api/services/shop/powered-off",
                "{\"site\":\"" + site + "\",\"operator\":\"ann\"}");
    }

    @Test
    void aLostSiteIsFollowedWhenItsDeviceConfirmsThatItHasNoPower() throws Exception {
        dc1Serves();
        assertEquals("No move takes shop away from dc1; ask for one first.",
                error(sayOff("dc1")));
        assertEquals("dc1 holds service shop, not dc2: only the power of the site that holds it"
                + " matters here.", error(sayOff("dc2")));
        dc1IsLost();
        await("dc2 is active", () -> get("dc2", "/api/active/shop").statusCode() == 200
                && Files.exists(folder.resolve("app-dc2")));
        assertTrue(Files.notExists(folder.resolve("power")));
        assertTrue(told("dc1 is without power, says pdu \"outlet 7 is off\" (epoch 1)."));
        assertTrue(told("dc2 holds shop under epoch 2 (FENCED)."));
        await("the outage is over", () -> shop("dc2").path("up").asBoolean(false));
    }

    @Test
    void whenTheDeviceFailsNobodyFollowsBeforeAnOperatorHasLooked() throws Exception {
        Files.createFile(folder.resolve("jammed"));
        dc1Serves();
        dc1IsLost();
        await("the device has failed", () -> alarmed("dc1 is not known to be without power, trying"
                + " again: pdu: The command 'off'"));
        await("the outage is in the ledger", () -> shop("dc2").path("outage").isObject());
        assertEquals("dc1", shop("dc2").path("holder").asString());
        assertTrue(Files.exists(folder.resolve("power")));

        StringWriter out = new StringWriter();
        assertEquals(Siteswap.UNUSABLE, confirm(out), "nobody is there to be asked");
        assertTrue(out.toString().contains("say --yes when you have looked and nothing at dc1 has"
                + " power"), out.toString());
        assertEquals("dc1", shop("dc2").path("holder").asString());
        assertEquals(0, confirm(out, "--yes"), out::toString);
        assertTrue(out.toString().contains(
                "dc1 counts as without power: another site may be granted shop"), out.toString());
        await("dc2 is active", () -> get("dc2", "/api/active/shop").statusCode() == 200
                && Files.exists(folder.resolve("app-dc2")));
        assertTrue(told("dc1 is without power, says " + ClientCommands.operator()));
        assertTrue(told("dc2 holds shop under epoch 2 (FENCED)."));
    }

    private int confirm(StringWriter out, String... more) {
        List<String> words = new ArrayList<>(List.of("confirm-off", "shop", "--site",
                "dc1", "--api", config.node("dc2").api()));
        words.addAll(List.of(more));
        return Siteswap.commandLine().setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true)).execute(words.toArray(String[]::new));
    }
}
