package io.siteswap.bgp.app;

import io.siteswap.bgp.speaker.Ladder;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Open;
import io.siteswap.bgp.wire.Prefix;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one speaker needs to run, validated.
 *
 * @param name the node, for logs
 * @param as own AS number, 1 to 4294967295
 * @param routerId BGP identifier, dotted
 * @param listen {@code host:port} to accept sessions on; absent: only connects
 * @param hold proposed hold time: 0 (no keepalives) or 3 s to 65535 s
 * @param connectRetry pause between attempts to reach a neighbour
 * @param ladder the rungs that stances may name
 * @param originations own prefixes; empty for a speaker that only receives
 * @param stateFile where accepted stances are kept
 * @param socket Unix socket of the local API
 */
public record SpeakerConfig(String name, long as, String routerId, Optional<String> listen,
        Duration hold, Duration connectRetry, List<Neighbor> neighbors, Ladder ladder,
        List<Origination> originations, Path stateFile, Path socket, SpeakerOptions options) {

    public static final int BGP_PORT = 179;
    public static final Duration DEFAULT_CONNECT_RETRY = Duration.ofSeconds(2);

    /** @throws IllegalArgumentException with a sentence for the operator */
    public SpeakerConfig {
        neighbors = List.copyOf(neighbors);
        originations = List.copyOf(originations);
        checkAs(as, "The speaker's own AS number");
        if (Address.parse(routerId).family() != Family.IPV4_UNICAST) {
            throw new IllegalArgumentException(
                    "The router-id must look like an IPv4 address, not '" + routerId + "'.");
        }
        listen.ifPresent(HostPort::parse);
        if (connectRetry.compareTo(Duration.ofMillis(10)) < 0) {
            throw new IllegalArgumentException("The connect-retry time must be 10 ms or more.");
        }
        neighbors.forEach(n -> checkAs(n.as, "The AS number of neighbour '" + n.name + "'"));
        checkUnique("neighbour", neighbors.stream().map(Neighbor::name).toList());
        checkUnique("prefix", originations.stream().map(Origination::prefix).toList());
        for (Origination origination : originations) {
            Prefix.parse(origination.prefix);
            if (ladder.find(origination.initialRung).isEmpty()) {
                throw new IllegalArgumentException("The initial rung '" + origination.initialRung
                        + "' of " + origination.prefix + " is not on the ladder.");
            }
        }
    }

    /** With the default options. */
    public SpeakerConfig(String name, long as, String routerId, Optional<String> listen,
            Duration hold, Duration connectRetry, List<Neighbor> neighbors, Ladder ladder,
            List<Origination> originations, Path stateFile, Path socket) {
        this(name, as, routerId, listen, hold, connectRetry, neighbors, ladder, originations,
                stateFile, socket, SpeakerOptions.DEFAULTS);
    }

    public SpeakerConfig with(SpeakerOptions other) {
        return new SpeakerConfig(name, as, routerId, listen, hold, connectRetry, neighbors,
                ladder, originations, stateFile, socket, other);
    }

    private static void checkAs(long as, String what) {
        if (as < 1 || as > 0xFFFF_FFFFL || as == Open.AS_TRANS) {
            throw new IllegalArgumentException(
                    what + " must be between 1 and 4294967295 and not 23456, not " + as + ".");
        }
    }

    private static void checkUnique(String what, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException("The " + what + " '" + name
                        + "' stands twice in the speaker's configuration.");
            }
        }
    }

    /**
     * @param address IP address of the neighbour; a name is looked up once, at start
     * @param port its TCP port
     * @param passive wait for it to connect
     * @param local source address of our connection; absent: the kernel's choice
     * @param nextHop what we announce as NEXT_HOP; absent: our address on the session
     */
    public record Neighbor(String name, String address, int port, long as, boolean passive,
            Optional<String> local, Optional<String> nextHop, NeighborOptions options) {

        /** With the default options. */
        public Neighbor(String name, String address, int port, long as, boolean passive,
                Optional<String> local, Optional<String> nextHop) {
            this(name, address, port, as, passive, local, nextHop, NeighborOptions.DEFAULTS);
        }

        public Neighbor with(NeighborOptions other) {
            return new Neighbor(name, address, port, as, passive, local, nextHop, other);
        }

        /** @throws IllegalArgumentException with a sentence for the operator */
        public Neighbor {
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("The port of neighbour '" + name
                        + "' must be between 1 and 65535, not " + port + ".");
            }
            if (address.isBlank()) {
                throw new IllegalArgumentException(
                        "Neighbour '" + name + "' needs an address.");
            }
            local.ifPresent(Address::parse);
            nextHop.ifPresent(Address::parse);
        }
    }

    /**
     * @param prefix own prefix in CIDR notation
     * @param service whose stances decide how it is announced
     * @param initialRung until the first stance is accepted
     */
    public record Origination(String prefix, String service, String initialRung) {
    }
}
