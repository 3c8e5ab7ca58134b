package io.siteswap.bgp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.BgpRole;
import io.siteswap.bgp.wire.Capability;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Keepalive;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.Notification;
import io.siteswap.bgp.wire.Open;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.RouteRefresh;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.WireError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Stories in {@code src/test/resources/session}: a line per event, below it what the session does
 * and where it stands. {@code -Dgolden.update=true} writes what is below anew.
 *
 * <p>
 * Events of one connection name its lane: {@code keepalive 0}.
 */
class StoryTest {

    private static final Path FOLDER = Path.of("src/test/resources/session");

    @TestFactory
    Stream<DynamicTest> stories() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.filter(f -> f.toString().endsWith(".story")).sorted().forEach(file -> tests
                    .add(DynamicTest.dynamicTest(file.getFileName().toString(),
                            () -> check(file))));
        }
        return tests.stream();
    }

    private static void check(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> told = tell(lines);
        if (Boolean.getBoolean("golden.update")) {
            Files.write(file, told);
        }
        assertEquals(String.join("\n", Files.readAllLines(file)), String.join("\n", told));
    }

    /** The story with everything below its events as it really is. */
    private static List<String> tell(List<String> lines) {
        List<String> told = new ArrayList<>();
        Map<String, String> settings = new HashMap<>();
        Peering peering = Peering.idle();
        for (String line : lines) {
            if (line.startsWith("    ")) {
                continue;
            }
            told.add(line);
            if (line.startsWith("we: ")) {
                settings.clear();
                settings.putAll(words(line.substring(4)));
                peering = Peering.idle();
            } else if (!line.isBlank() && !line.startsWith("#")) {
                SessionConfig config = config(settings);
                Peering.PeeringStep step = step(peering, new SessionFsm(config), config, line);
                peering = step.next();
                step.effects().forEach(
                        e -> told.add("    " + e.lane() + " " + Words.of(e.effect())));
                told.add("    = " + where(peering));
            }
        }
        return told;
    }

    private static String where(Peering peering) {
        return lane(peering.main()) + peering.rival().map(r -> " | " + lane(r)).orElse("");
    }

    private static String lane(Peering.Lane lane) {
        return lane.id() + " " + Words.of(lane.state());
    }

    private static SessionConfig config(Map<String, String> we) {
        return new SessionConfig(Long.parseLong(we.getOrDefault("as", "64500")), 64510,
                Address.parse(we.getOrDefault("id", "198.18.1.1")),
                Duration.ofSeconds(Long.parseLong(we.getOrDefault("hold", "9"))),
                Duration.ofSeconds(2), Duration.ofMillis(200),
                we.getOrDefault("passive", "no").equals("yes"),
                List.of(Family.IPV4_UNICAST, Family.IPV6_UNICAST), options(we),
                we.containsKey("restarting"));
    }

    private static SessionOptions options(Map<String, String> we) {
        SessionOptions options = SessionOptions.DEFAULTS;
        if (we.containsKey("role")) {
            options = options.withRole(BgpRole.valueOf(we.getOrDefault("role", "")),
                    we.containsKey("strict"));
        }
        if (we.containsKey("restart")) {
            RestartOptions restart = RestartOptions.DEFAULTS.withRestartTime(
                    Duration.ofSeconds(Long.parseLong(we.getOrDefault("restart", ""))));
            options = options.withGracefulRestart(we.containsKey("long-lived")
                    ? restart.withLongLived(
                            Duration.ofSeconds(Long.parseLong(we.getOrDefault("long-lived", ""))))
                    : restart);
        }
        if (we.containsKey("send-hold")) {
            options = options
                    .withSendHold(
                            Duration.ofSeconds(Long.parseLong(we.getOrDefault("send-hold", ""))));
        }
        if (we.containsKey("add-path")) {
            options = options.withAddPathReceive(Set.of(Family.IPV4_UNICAST));
        }
        return options.withBfdStrict(we.containsKey("bfd-strict"))
                .withExtendedNextHop(we.containsKey("ipv6-next-hops"));
    }

    private static Map<String, String> words(String text) {
        Map<String, String> words = new HashMap<>();
        for (String word : text.strip().split(" +")) {
            int equals = word.indexOf('=');
            words.put(equals < 0 ? word : word.substring(0, equals),
                    equals < 0 ? "yes" : word.substring(equals + 1));
        }
        return words;
    }

    private static Peering.PeeringStep step(Peering peering, SessionFsm fsm,
            SessionConfig config, String line) {
        String[] words = line.split(" +", 3);
        String rest = words.length > 2 ? words[2] : "";
        return switch (words[0]) {
            case "start" -> peering.broadcast(fsm, config, new Event.Start());
            case "stop" -> peering.broadcast(fsm, config, new Event.Stop(Notification
                    .cease(Notification.CEASE_SHUTDOWN, line.substring(4).strip())));
            case "leave" -> peering.broadcast(fsm, config, new Event.Leave());
            case "bfd-up" -> peering.broadcast(fsm, config, new Event.BfdUp());
            case "bfd-down" -> peering.broadcast(fsm, config,
                    new Event.BfdDown(line.substring(8).strip(), true));
            case "bfd-down-with-bgp" -> peering.broadcast(fsm, config,
                    new Event.BfdDown(line.substring(17).strip(), false));
            case "time" -> peering.step(fsm, config, Peering.WHOLE,
                    new Event.Expired(TimerKind.valueOf(words[1])));
            case "accepted" -> peering.accepted(fsm);
            default -> peering.step(fsm, config, Integer.parseInt(words[1]),
                    event(words[0], rest));
        };
    }

    private static Event event(String kind, String rest) {
        return switch (kind) {
            case "opened" -> new Event.Opened();
            case "lost" -> new Event.Lost(rest);
            case "blocked" -> new Event.Blocked();
            case "drained" -> new Event.Drained();
            case "expired" -> new Event.Expired(TimerKind.valueOf(rest));
            case "malformed" -> new Event.Malformed(WireError.reset(Notification.UPDATE, 1,
                    "The attributes do not fit in the UPDATE."));
            default -> new Event.Received(message(kind, rest));
        };
    }

    private static Message message(String kind, String rest) {
        return switch (kind) {
            case "open" -> open(words(rest));
            case "keepalive" -> new Keepalive();
            case "end-of-rib" -> Update.endOfRib(Family.valueOf(rest));
            case "shutdown" -> Notification.cease(Notification.CEASE_SHUTDOWN, rest);
            case "hard-reset" -> Notification.cease(Notification.CEASE_SHUTDOWN, rest).hard();
            case "update" -> new Update(List.of(Prefix.parse("198.51.100.0/24")),
                    Attributes.NONE, List.of());
            case "refresh" -> new RouteRefresh(1, 0, 1);
            case "notification" -> Notification.of(
                    Integer.parseInt(rest.substring(0, rest.indexOf('/'))),
                    Integer.parseInt(rest.substring(rest.indexOf('/') + 1)));
            default -> throw new IllegalArgumentException("No event is called " + kind);
        };
    }

    private static Open open(Map<String, String> words) {
        long as = Long.parseLong(words.getOrDefault("as", "64510"));
        List<Capability> capabilities = new ArrayList<>();
        if (!words.containsKey("plain")) {
            capabilities.add(Capability.MultiProtocol.of(Family.IPV4_UNICAST));
            capabilities.add(new Capability.Refresh());
            capabilities.add(new Capability.FourOctetAs(as));
        }
        if (words.containsKey("ipv6")) {
            capabilities.add(Capability.MultiProtocol.of(Family.IPV6_UNICAST));
        }
        if (words.containsKey("role")) {
            capabilities.add(Capability.Role.of(BgpRole.valueOf(words.getOrDefault("role", ""))));
        }
        if (words.containsKey("bfd-strict")) {
            capabilities.add(new Capability.BfdStrict());
        }
        if (words.containsKey("everything")) {
            capabilities.add(new Capability.ExtendedMessage());
            capabilities.add(new Capability.EnhancedRefresh());
            capabilities.add(Capability.ExtendedNextHop.ipv4OverIpv6());
            capabilities.add(new Capability.AddPath(
                    List.of(new Capability.AddPath.Paths(1, 1, true, true))));
        }
        if (words.containsKey("restart")) {
            restart(words, capabilities);
        }
        return Open.of(as, Integer.parseInt(words.getOrDefault("hold", "9")),
                Address.parse(words.getOrDefault("id", "198.18.9.9")), capabilities);
    }

    /** {@code restart=120 R N F4 F6 long-lived=3600}; F4 and F6: forwarding preserved. */
    private static void restart(Map<String, String> words, List<Capability> capabilities) {
        List<Capability.GracefulRestart.Kept> kept = new ArrayList<>();
        kept.add(new Capability.GracefulRestart.Kept(1, 1, words.containsKey("F4")));
        if (words.containsKey("ipv6") && !words.containsKey("only4")) {
            kept.add(new Capability.GracefulRestart.Kept(2, 1, words.containsKey("F6")));
        }
        capabilities.add(new Capability.GracefulRestart(words.containsKey("R"),
                words.containsKey("N"), Integer.parseInt(words.getOrDefault("restart", "")), kept));
        if (words.containsKey("long-lived")) {
            capabilities.add(new Capability.LongLivedRestart(
                    List.of(new Capability.LongLivedRestart.Stale(1, 1,
                            words.containsKey("F4"),
                            Integer.parseInt(words.getOrDefault("long-lived", ""))))));
        }
    }
}
