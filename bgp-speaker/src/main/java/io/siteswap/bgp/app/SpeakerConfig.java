package io.siteswap.bgp.app;

import io.siteswap.bgp.speaker.Ladder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
        List<Origination> originations, Path stateFile, Path socket) {

    public static final Duration DEFAULT_CONNECT_RETRY = Duration.ofSeconds(2);

    /**
     * @param address IP address of the neighbour
     * @param port its TCP port
     * @param passive wait for it to connect
     * @param local source address of our connection; absent: the kernel's choice
     * @param nextHop what we announce as NEXT_HOP; absent: our address on the session
     */
    public record Neighbor(String name, String address, int port, long as, boolean passive,
            Optional<String> local, Optional<String> nextHop) {
    }

    /**
     * @param prefix own prefix in CIDR notation
     * @param service whose stances decide how it is announced
     * @param initialRung until the first stance is accepted
     */
    public record Origination(String prefix, String service, String initialRung) {
    }
}
