package io.siteswap.bgp.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every order of connects, OPENs, KEEPALIVEs and closes between two of our own speakers, and one
 * retry: in the quiet both are Established on the same connection and have each other's routes, or
 * both try again.
 */
class CollisionSearchTest {

    private static SessionConfig config(long as, long peer, String id, boolean passive,
            boolean graceful) {
        SessionConfig plain = new SessionConfig(as, peer, Address.parse(id), Duration.ofSeconds(9),
                Duration.ofSeconds(2), Duration.ofMillis(200), passive,
                List.of(Family.IPV4_UNICAST));
        return graceful
                ? plain.with(SessionOptions.DEFAULTS
                        .withGracefulRestart(RestartOptions.DEFAULTS))
                : plain;
    }

    @ParameterizedTest
    @CsvSource({"198.18.1.1, 198.18.9.9, false, false", "198.18.9.9, 198.18.1.1, false, false",
            "198.18.1.1, 198.18.9.9, true, false", "198.18.9.9, 198.18.9.9, false, false",
            "198.18.1.1, 198.18.9.9, false, true", "198.18.9.9, 198.18.1.1, false, true"})
    void whateverTheOrderOneConnectionSurvivesAndHasTheRoutes(String one, String two,
            boolean passive, boolean graceful) {
        Set<String> seen = new HashSet<>();
        Deque<List<String>> open = new ArrayDeque<>(List.of(List.of()));
        int up = 0;
        while (!open.isEmpty()) {
            List<String> path = open.pop();
            TwoPeerings world = new TwoPeerings(config(64500, 64510, one, false, graceful),
                    config(64510, 64500, two, passive, graceful), 2);
            path.forEach(world::take);
            if (!seen.add(world.key())) {
                continue;
            }
            List<String> choices = world.choices();
            if (choices.isEmpty() || choices.getFirst().startsWith("expire")) {
                up += world.up() ? 1 : 0;
                boolean both = path.size() > 2 && path.subList(0, 2).stream()
                        .allMatch(choice -> choice.startsWith("start"));
                assertTrue(world.up() || !both, () -> "No session although both started first: "
                        + String.join(", ", path));
                Optional<String> wrong = world.wrong();
                assertTrue(wrong.isEmpty(),
                        () -> wrong.orElse("") + " After: " + String.join(", ", path));
            }
            for (String choice : choices) {
                List<String> longer = new ArrayList<>(path);
                longer.add(choice);
                open.push(longer);
            }
        }

        assertTrue(up > 0, "some order leads to a session");
    }
}
