package io.siteswap.bgp.app;

import io.siteswap.bgp.app.SpeakerConfig.Neighbor;
import io.siteswap.bgp.app.SpeakerConfig.Origination;
import io.siteswap.bgp.speaker.Ladder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Configurations as tests need them. */
final class Configs {

    static final String PREFIX = "203.0.113.0/24";
    static final String NEXT_HOP = "198.18.1.1";

    private Configs() {
    }

    /** A site that originates the test prefix, on rung {@code normal} until told otherwise. */
    static SpeakerConfig site(Path dir, String name, String address, Optional<Integer> port,
            Neighbor... neighbors) {
        return new SpeakerConfig(name, 64500, routerId(address), listen(address, port),
                Duration.ofSeconds(3), Duration.ofMillis(200), List.of(neighbors),
                Ladder.standard(), List.of(new Origination(PREFIX, "shop", "normal")),
                dir.resolve(name + ".stances"), dir.resolve(name + ".sock"));
    }

    /** One that only receives. */
    static SpeakerConfig receiver(Path dir, String name, String address, int port,
            Neighbor... neighbors) {
        return new SpeakerConfig(name, 64510, routerId(address),
                listen(address, Optional.of(port)), Duration.ofSeconds(3),
                Duration.ofMillis(200), List.of(neighbors), Ladder.standard(), List.of(),
                dir.resolve(name + ".stances"), dir.resolve(name + ".sock"));
    }

    private static Optional<String> listen(String address, Optional<Integer> port) {
        return port.map(p -> address + ":" + p);
    }

    /** BGP identifiers need not be addresses of the machine. */
    private static String routerId(String address) {
        return "198.18" + address.substring(address.indexOf('.', 4));
    }

    static Neighbor neighbor(String name, String address, int port, long as, boolean passive,
            String local) {
        return new Neighbor(name, address, port, as, passive, Optional.of(local),
                Optional.empty());
    }

    /** FRR takes no next hop from 127.0.0.0/8, so it is told another. */
    static Neighbor frr(String address, int port, boolean passive, String local) {
        return new Neighbor("frr", address, port, 64510, passive, Optional.of(local),
                Optional.of(NEXT_HOP));
    }
}
