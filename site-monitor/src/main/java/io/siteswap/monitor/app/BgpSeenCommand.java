package io.siteswap.monitor.app;

import io.siteswap.bgp.app.SeenView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code siteswap bgp seen}: what others took of our own prefixes. */
@Command(name = "seen", description = "Show our own prefixes as they come back from the neighbors: what the Internet took of them.", mixinStandardHelpOptions = true)
final class BgpSeenCommand implements Callable<Integer> {

    @Mixin
    private SpeakerAsked speaker = new SpeakerAsked();
    @Parameters(paramLabel = "PREFIX", arity = "0..1", description = "Only this prefix, and what is inside it.")
    private Optional<String> prefix = Optional.empty();

    @Override
    public Integer call() {
        JsonNode answer = speaker.ask("seen",
                prefix.<Map<String, Object>>map(p -> Map.of("prefix", p)).orElse(Map.of()));
        return speaker.show(answer, all -> lines(all, Instant.now().toEpochMilli()));
    }

    /** @param now milliseconds since 1970 */
    static List<String> lines(JsonNode answer, long now) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("PREFIX", "AT", "FOR", "PREPENDS", "AS PATH", "MED", "COMMUNITIES",
                "VERDICT"));
        answer.path("seen").forEach(own -> {
            if (own.path("routes").isEmpty()) {
                rows.add(List.of(own.path("own").asString(), "nowhere", "-", "-", "-", "-", "-",
                        "-"));
            }
            own.path("routes").forEach(r -> rows.add(row(r, now)));
        });
        List<String> lines = new ArrayList<>(Printed.table(rows));
        long overlooked = answer.path("overlooked").asLong(0);
        if (overlooked > 0) {
            lines.add("there was no room for " + overlooked + " more");
        }
        return lines;
    }

    private static List<String> row(JsonNode route, long now) {
        String neighbor = route.path("neighbor").asString();
        int pathId = route.path("pathId").asInt(0);
        return List.of(route.path("prefix").asString(),
                pathId == 0 ? neighbor : neighbor + "#" + Integer.toUnsignedString(pathId),
                BgpPrinted.time(Math.max(0, now - route.path("sinceMs").asLong())),
                route.path("prepends").asString("not ours"),
                BgpPrinted.joined(route.path("asPath"), "-"), route.path("med").asString("-"),
                BgpPrinted.joined(route.path("communities"), "-"),
                route.path("verdict").asString());
    }

    /** On a line of {@code watch}. */
    static String words(SeenView route) {
        return "path " + String.join(" ", route.asPath())
                + route.prepends().map(times -> ", " + times + " prepends")
                        .orElse(", not announced by our AS");
    }
}
