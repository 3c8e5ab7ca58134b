package io.siteswap.bgp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.app.SpeakerConfig.Neighbor;
import io.siteswap.bgp.app.SpeakerConfig.Origination;
import io.siteswap.bgp.speaker.ExportScope;
import io.siteswap.bgp.speaker.Ladder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What we say that we tell a neighbour is what it has: our prefix and those of others. */
class AdvertisedTest {

    private static final String US = "127.47.1.1";
    private static final String FEEDER = "127.47.2.1";
    private static final String SINK = "127.47.3.1";
    /** More than one slice of the table. */
    private static final int ROUTES = RouteWalk.SLICE + 1000;

    @TempDir
    Path dir;

    private SpeakerConfig feeder(int port) {
        List<Origination> routes = IntStream.range(0, ROUTES)
                .mapToObj(i -> new Origination("198.18." + i / 256 + "." + i % 256 + "/32",
                        "routes", i % 2 == 0 ? "normal" : "backup"))
                .toList();
        return new SpeakerConfig("feeder", 64520, "198.18.2.1", Optional.of(FEEDER + ":" + port),
                Duration.ofSeconds(30), Duration.ofMillis(200),
                List.of(Configs.neighbor("us", US, 1, 64500, true, FEEDER)), Ladder.standard(),
                routes, dir.resolve("feeder.stances"), dir.resolve("feeder.sock"));
    }

    @Test
    void ownPrefixesAndThoseThatArePassedOnPageByPage() throws Exception {
        int feederPort = Ports.free(FEEDER);
        int sinkPort = Ports.free(SINK);
        Neighbor sink = Configs.neighbor("sink", SINK, sinkPort, 64510, false, US)
                .with(NeighborOptions.DEFAULTS.with(ExportScope.ALL));
        try (SpeakerDaemon _ = SpeakerDaemon.start(feeder(feederPort));
                SpeakerDaemon far = SpeakerDaemon.start(Configs.receiver(dir, "far", SINK, sinkPort,
                        Configs.neighbor("us", US, 1, 64500, true, SINK)));
                SpeakerDaemon us = SpeakerDaemon.start(Configs.site(dir, "us", US,
                        Optional.empty(),
                        Configs.neighbor("feeder", FEEDER, feederPort, 64520, false, US), sink))) {
            Await.until("all at the sink",
                    () -> far.neighbors().getFirst().received() == ROUTES + 1);
            List<RouteView> told = pages(new SpeakerClient(dir.resolve("us.sock")), "sink");
            assertEquals(Configs.PREFIX, told.getFirst().prefix(), "our own first");
            assertEquals(paths(far.routes()), paths(told));
            assertEquals(List.of(Configs.PREFIX),
                    us.advertised("feeder", 10, RouteQuery.Cursor.START).routes().stream()
                            .map(RouteView::prefix).toList(),
                    "a site is no transit");
        }
    }

    private static List<RouteView> pages(SpeakerClient client, String neighbor) throws Exception {
        List<RouteView> all = new ArrayList<>();
        Optional<String> from = Optional.of("4:0");
        int pages = 0;
        while (from.isPresent()) {
            JsonNode page = client.ask(Map.of("op", "advertised", "neighbor", neighbor, "limit",
                    100, "from", from.get()));
            for (JsonNode route : page.path("advertised")) {
                all.add(Json.MAPPER.treeToValue(route, RouteView.class));
            }
            from = page.has("next") ? Optional.of(page.path("next").asString()) : Optional.empty();
            pages++;
        }
        assertTrue(pages > 1, "a long answer comes in parts");
        return all;
    }

    private static Map<String, List<Long>> paths(List<RouteView> routes) {
        return routes.stream().collect(Collectors.toMap(RouteView::prefix, RouteView::asPath));
    }
}
