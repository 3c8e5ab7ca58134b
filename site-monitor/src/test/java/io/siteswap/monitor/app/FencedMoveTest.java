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
import tools.jackson.databind.JsonNode;

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

    private HttpResponse<String> sayOff(String site, int epoch) throws Exception {
        return post("dc2", "/api/services/shop/powered-off", "{\"site\":\"" + site
                + "\",\"epoch\":" + epoch + ",\"operator\":\"ann\"}");
    }

    @Test
    void aLostSiteIsFollowedWhenItsDeviceConfirmsThatItHasNoPower() throws Exception {
        dc1Serves();
        assertEquals("No move takes shop away from dc1; ask for one first.",
                error(sayOff("dc1", 1)));
        assertEquals(
                "dc1 has been granted service shop anew since: its epoch is 1, not 0. Look again"
                        + " whether it has power.",
                error(sayOff("dc1", 0)));
        assertEquals("dc1 holds service shop, not dc2: only the power of the site that holds it"
                + " matters here.", error(sayOff("dc2", 1)));
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

        assertTrue(Printed.status(Json.read(get("dc2", "/api/status").body())).stream().anyMatch(
                it -> it.startsWith("shop CANNOT BE USED since 20") && it.contains("dc1")));
        assertEquals(202, post("dc2", "/api/services/shop/maintenance",
                "{\"on\":true,\"reason\":\"a new PDU\",\"operator\":\"ann\"}").statusCode());
        await("work has begun", () -> !shop("dc2").path("maintenance").isEmpty());
        assertTrue(outage().path("lasts").asBoolean(false), outage().toString());

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
        await("the outage is over", () -> shop("dc2").path("up").asBoolean(false));
        JsonNode period = available().path("periods").path(0);
        long downtime = period.path("downtimeMs").asLong();
        long planned = period.path("plannedMs").asLong();
        assertTrue(0 < planned && planned < downtime, period.toString());
        assertTrue(period.path("rawPercent").asDouble() < period.path("contractualPercent")
                .asDouble(), period.toString());
        assertTrue(!outage().path("lasts").asBoolean(true), outage().toString());
        out.getBuffer().setLength(0);
        assertEquals(0, cli(out, "availability", "shop", "--from", "2020-01-01"), out::toString);
        assertTrue(out.toString().startsWith("shop can be used\nthe ledger begins at 20"),
                out.toString());
        assertTrue(out.toString().contains(outage().path("why").asString()), out.toString());
        assertTrue(told("dc1 is without power, says " + ClientCommands.operator()));
        assertTrue(told("dc2 holds shop under epoch 2 (FENCED)."));
    }

    private int confirm(StringWriter out, String... more) {
        List<String> words = new ArrayList<>(List.of("confirm-off", "shop", "--site", "dc1"));
        words.addAll(List.of(more));
        return cli(out, words.toArray(String[]::new));
    }

    private int cli(StringWriter out, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--api", config.node("dc2").api()));
        PrintWriter both = new PrintWriter(out, true);
        return Siteswap.commandLine().setOut(both).setErr(both)
                .execute(all.toArray(String[]::new));
    }

    private JsonNode available() throws Exception {
        return Json.read(get("dc2", "/api/availability/shop?from=2020-01-01").body());
    }

    /** The first of the ledger. */
    private JsonNode outage() throws Exception {
        return available().path("periods").path(0).path("outages").path(0);
    }
}
