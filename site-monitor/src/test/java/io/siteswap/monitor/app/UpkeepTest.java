package io.siteswap.monitor.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.api.Bulletin;
import io.siteswap.monitor.api.Json;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What operators write down, over HTTP and by the command line, at a real monitor on its own. */
@Timeout(120)
class UpkeepTest {

    @TempDir
    Path folder = Path.of("");
    private final HttpClient http = HttpClient.newHttpClient();
    private ClusterConfig config;
    private MonitorDaemon daemon;

    @BeforeEach
    void start() throws Exception {
        ConfigFile.Result result = ConfigFile.load(OneMonitor.file(folder, "{dc1: {fence: {devices:"
                + " [{name: pdu, off: [rm], confirm: [test, -e, power-off]}]}}, dc2: {}}"));
        config = assertInstanceOf(ConfigFile.Loaded.class, result, result.toString()).config();
        daemon = MonitorDaemon.start(config, "dc1");
        ThreeMonitors.await("it leads", () -> get("/api/status").path("leading").asBoolean());
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
        http.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path)
            throws Exception {
        URI uri = URI.create("http://" + config.node("dc1").api() + path);
        return http.send(request.uri(uri).build(), BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(), path);
        assertEquals(200, answer.statusCode(), answer::body);
        return Json.read(answer.body());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder().header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))), path);
    }

    private void accepted(String path, String body) throws Exception {
        HttpResponse<String> answer = post(path, body);
        assertEquals(202, answer.statusCode(), answer::body);
    }

    private void refused(int status, String sentence, String path, String body)
            throws Exception {
        refused(status, sentence, post(path, body));
    }

    private static void refused(int status, String sentence, HttpResponse<String> answer) {
        assertEquals(sentence, Json.read(answer.body()).path("error").asString());
        assertEquals(status, answer.statusCode());
    }

    private JsonNode shop() throws Exception {
        return get("/api/status").path("services").path("shop");
    }

    private static JsonNode json(String text) {
        return Json.read(text.replace('\'', '"'));
    }

    /** Runs the command line; returns what it says on either stream. */
    private String cli(int code, String... words) {
        StringWriter out = new StringWriter();
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--api", config.node("dc1").api()));
        return run(code, out, all);
    }

    private static String run(int code, StringWriter out, List<String> words) {
        PrintWriter both = new PrintWriter(out, true);
        int exit = Siteswap.commandLine().setOut(both).setErr(both)
                .execute(words.toArray(String[]::new));
        assertEquals(code, exit, out::toString);
        return out.toString().strip();
    }

    private List<String> printedStatus() throws Exception {
        return Printed.status(get("/api/status"));
    }

    private void awaitTold(String text) throws Exception {
        ThreeMonitors.await("told: " + text, () -> daemon.bulletins().newest().stream()
                .map(Bulletin::text).anyMatch(text::equals));
    }

    @Test
    void maintenanceBeginsIsShownAndEnds() throws Exception {
        String path = "/api/services/shop/maintenance";
        accepted(path, "{'on':true,'reason':'new disks','operator':'ann'}");
        ThreeMonitors.await("it is shown", () -> shop().path("maintenance")
                .equals(json("{'':'new disks'}")));
        awaitTold("ann begins maintenance of shop: new disks");
        refused(409, "There is no maintenance of service shop at dc1 to end, only as a whole.",
                path, "{'on':false,'site':'dc1','operator':'ann'}");
        accepted(path, "{'on':true,'site':'dc1','reason':'a fan','operator':'bob'}");
        ThreeMonitors.await("both are shown", () -> shop().path("maintenance")
                .equals(json("{'':'new disks','dc1':'a fan'}")));
        assertTrue(printedStatus().containsAll(List.of("shop is in maintenance: new disks",
                "shop is in maintenance at dc1: a fan")), printedStatus().toString());
        accepted(path, "{'on':false,'operator':'ann'}");
        accepted(path, "{'on':false,'site':'dc1','operator':'ann'}");
        ThreeMonitors.await("it is over", () -> shop().path("maintenance").isEmpty());
        refused(409, "There is no maintenance of service shop as a whole to end.", path,
                "{'on':false,'operator':'ann'}");
    }

    @Test
    void maintenanceThatSaysTooLittleIsRefused() throws Exception {
        String path = "/api/services/shop/maintenance";
        refused(400, "'on' must be true, when work begins, or false, when it is over.", path,
                "{'on':'yes','reason':'x','operator':'ann'}");
        String why = "'reason' must say why, in 1 to 200 characters on one line.";
        refused(400, why, path, "{'on':true,'operator':'ann'}");
        refused(400, why, path, "{'on':true,'reason':' ','operator':'ann'}");
        refused(400, why, path, "{'on':true,'reason':'" + "x".repeat(201)
                + "','operator':'ann'}");
        refused(400, why, path, "{'on':true,'reason':'a\\nb','operator':'ann'}");
        refused(400, "'site' must be empty, for the whole service, or one of dc1, not 'dc2'.",
                path, "{'on':true,'site':'dc2','reason':'x','operator':'ann'}");
        refused(400, "'site' must be empty, for the whole service, or one of dc1, not '[\"dc1\"]'.",
                path, "{'on':true,'site':['dc1'],'reason':'x','operator':'ann'}");
        refused(400, "'operator' must say who asks, in at most 100 characters on one line.", path,
                "{'on':true,'reason':'x'}");
        refused(404, "There is no service 'chat'; there is: shop.",
                "/api/services/chat/maintenance", "{'on':true,'reason':'x','operator':'ann'}");
    }

    @Test
    void labelsAreWrittenShownAndTakenAway() throws Exception {
        String path = "/api/sites/dc2/labels";
        accepted(path, "{'name':'provider','value':'two links down','operator':'ann'}");
        ThreeMonitors.await("it is shown", () -> get("/api/status").path("labels")
                .equals(json("{'dc2':{'provider':'two links down'}}")));
        awaitTold("ann labels dc2 provider=two links down.");
        refused(409, "dc2 has no label 'rack'; it has: provider.", path,
                "{'name':'rack','value':'','operator':'ann'}");
        assertEquals("dc2 is labelled rack=7=b", cli(0, "label", "dc2", "rack=7=b"));
        ThreeMonitors.await("both are printed", () -> printedStatus()
                .contains("labels of dc2: provider=two links down, rack=7=b"));
        assertEquals("dc2 has no label rack any more", cli(0, "label", "dc2", "rack="));
        accepted(path, "{'name':'provider','value':'','operator':'ann'}");
        ThreeMonitors.await("they are gone", () -> get("/api/status").path("labels").isEmpty());
        refused(409, "dc2 has no label 'provider'.", path,
                "{'name':'provider','value':'','operator':'ann'}");
    }

    @Test
    void aLabelThatCannotBeOneIsRefused() throws Exception {
        String path = "/api/sites/dc1/labels";
        refused(400, "'name' must be at most 63 letters, digits, '-' and '_' and start with a"
                + " letter, not '7up'.", path, "{'name':'7up','value':'x','operator':'ann'}");
        String value = "'value' must be text of at most 200 characters on one line; an empty one"
                + " takes the label away.";
        refused(400, value, path, "{'name':'a','operator':'ann'}");
        refused(400, value, path, "{'name':'a','value':7,'operator':'ann'}");
        refused(400, value, path, "{'name':'a','value':'" + "x".repeat(201)
                + "','operator':'ann'}");
        refused(400, "'operator' must say who asks, in at most 100 characters on one line.", path,
                "{'name':'a','value':'x'}");
        refused(404, "There is no site 'dc3'; there is: dc1, dc2.", "/api/sites/dc3/labels",
                "{'name':'a','value':'x','operator':'ann'}");
        for (int i = 0; i < 50; i++) {
            accepted(path, "{'name':'a" + i + "','value':'x','operator':'ann'}");
        }
        ThreeMonitors.await("all are there",
                () -> get("/api/status").path("labels").path("dc1").size() == 50);
        refused(409, "dc1 has 50 labels, and no more fit; take one away first.", path,
                "{'name':'more','value':'x','operator':'ann'}");
        accepted(path, "{'name':'a7','value':'y','operator':'ann'}");
        assertEquals("siteswap: expected NAME=VALUE, or NAME= to take a label away, not 'a'",
                cli(Siteswap.UNUSABLE, "label", "dc1", "a"));
        assertEquals("siteswap: There is no site 'd c'; there is: dc1, dc2.",
                cli(Siteswap.REFUSED, "label", "d c", "a=b"));
    }

    @Test
    void overridesAreNamesOfRulesAndAreTold() throws Exception {
        String path = "/api/services/shop/move";
        String wrong = "'overrides' must be a list of at most 20 names of rules, each a text of 1"
                + " to 200 characters.";
        for (String overrides : List.of("'all'", "{'a':'b'}", "[7]", "['']",
                "['" + "x".repeat(201) + "']", "[" + "'r',".repeat(20) + "'r']")) {
            refused(400, wrong, path,
                    "{'to':'dc2','operator':'ann','overrides':" + overrides + "}");
        }
        accepted(path, "{'to':'dc2','operator':'ann','overrides':['the lag','the lag','b']}");
        awaitTold("ann asks for a SWITCHOVER to dc2 and overrides \"the lag\", \"b\".");
    }

    @Test
    void whatCannotBeWithoutPowerIsRefused() throws Exception {
        String path = "/api/services/shop/powered-off";
        refused(409, "Nobody holds service shop: only the power of the site that holds it matters"
                + " here.", path, "{'site':'dc2','operator':'ann'}");
        refused(400, "'site' must be one of dc1, dc2, not 'dc9'.", path,
                "{'site':'dc9','operator':'ann'}");
        refused(400, "'operator' must say who asks, in at most 100 characters on one line.", path,
                "{'site':'dc1'}");
        refused(400, "'operator' must say who asks, in at most 100 characters on one line.", path,
                "{'site':'dc1','operator':'ann\\nWARN forged'}");
        refused(404, "There is no service 'chat'; there is: shop.",
                "/api/services/chat/powered-off", "{'site':'dc1','operator':'ann'}");
    }

    @Test
    void ofAServiceThatHasNeverServedNothingIsSaid() throws Exception {
        assertTrue(shop().path("up").isNull() && shop().path("outage").isNull());
        JsonNode answer = get("/api/availability/shop");
        assertTrue(answer.path("up").isNull() && answer.path("since").isNull());
        assertEquals(2, answer.path("periods").size());
        assertTrue(answer.path("periods").path(0).path("rawPercent").isNull());
        String printed = cli(0, "availability", "shop", "--month", "2026-11");
        assertTrue(printed.contains("2026-11-01T00:00:00Z to 2026-12-01T00:00:00Z"), printed);
        assertTrue(printed.contains("nothing is known of this time"), printed);
        assertTrue(cli(0, "availability", "shop", "--year", "2025").contains(
                "2025-01-01T00:00:00Z to 2026-01-01T00:00:00Z"));
    }

    @Test
    void aPeriodThatIsNoneIsRefused() throws Exception {
        refused(400, "'from' must be a date such as 2026-11-01 or a moment such as"
                + " 2026-11-01T08:30:00Z, not 'today'.",
                send(HttpRequest.newBuilder(), "/api/availability/shop?from=today"));
        refused(400, "The period must begin before it ends, but 2026-11-02T00:00:00Z is not before"
                + " 2026-11-01T00:00:00Z.",
                send(HttpRequest.newBuilder(),
                        "/api/availability/shop?from=2026-11-02&to=2026-11-01"));
        refused(404, "There is no service 'chat'; there is: shop.",
                send(HttpRequest.newBuilder(), "/api/availability/chat"));
        assertEquals("siteswap: expected one of --month, --year, or --from and --to",
                cli(Siteswap.UNUSABLE, "availability", "shop", "--month", "2026-11", "--to",
                        "2026-12-01"));
        assertEquals("siteswap: --month must be like 2026-11, but is '11/2026'",
                cli(Siteswap.UNUSABLE, "availability", "shop", "--month", "11/2026"));
        assertEquals("siteswap: --year must be like 2026, but is 'MMXXVI'",
                cli(Siteswap.UNUSABLE, "availability", "shop", "--year", "MMXXVI"));
    }

    @Test
    void theMaintenanceCommandSaysWhatItExpects() {
        assertEquals("siteswap: --reason is missing: say why, everybody will read it",
                cli(Siteswap.UNUSABLE, "maintenance", "shop", "on"));
        assertEquals("siteswap: --reason belongs to 'on'; work that is over needs none",
                cli(Siteswap.UNUSABLE, "maintenance", "shop", "off", "--reason", "x"));
        assertEquals("siteswap: expected 'on' or 'off' after the service, not 'start'",
                cli(Siteswap.UNUSABLE, "maintenance", "shop", "start", "--reason", "x"));
        assertEquals("shop is in maintenance at dc1: dc1 cannot take it over",
                cli(0, "maintenance", "shop", "on", "--reason", "x", "--site", "dc1"));
        assertEquals("{\"accepted\":true}", cli(0, "maintenance", "shop", "on", "--reason", "y",
                "--json"));
        assertEquals("siteswap: There is no service 'no/where'; there is: shop.",
                cli(Siteswap.REFUSED, "maintenance", "no/where", "off"));
    }

    @Test
    void aFenceTestTellsWhatEachDeviceSays() throws Exception {
        String file = folder.resolve("siteswap.yaml").toString();
        List<String> test = List.of("fence-test", "--config", file, "--site", "dc1");
        assertEquals("ok   pdu sees power, exit code 1\n"
                + "no device says that dc1 has no power; 'off' was not tried",
                run(0, new StringWriter(), test));
        assertEquals("siteswap: site 'dc2' has no fence devices in " + file
                + " (expected 'fence' with 'devices' at the site)",
                run(Siteswap.UNUSABLE, new StringWriter(),
                        List.of("fence-test", "--config", file, "--site", "dc2")));
        assertEquals("siteswap: there is no site 'dc3' in " + file
                + " (expected one of dc1, dc2)",
                run(Siteswap.UNUSABLE, new StringWriter(),
                        List.of("fence-test", "--config", file, "--site", "dc3")));
        Files.writeString(Path.of(file), Files.readString(Path.of(file))
                .replace("[test, -e, power-off]", "[sh, -c, 'echo chassis power is off']"));
        assertEquals("BAD  pdu says that there is no power \"chassis power is off\"\n"
                + "these devices cannot be relied upon: a site that has power must be seen to"
                + " have it", run(Siteswap.REFUSED, new StringWriter(), test));
        List<String> asJson = new ArrayList<>(test);
        asJson.add("--json");
        assertEquals(json("{'site':'dc1','devices':[{'name':'pdu','ok':false,'said':'says that"
                + " there is no power \\\"chassis power is off\\\"'}]}"),
                Json.read(run(Siteswap.REFUSED, new StringWriter(), asJson)));
    }
}
