package io.siteswap.bgp.app;

import io.siteswap.bgp.net.DynamicNeighbors;
import io.siteswap.bgp.net.NeighborAddress;
import io.siteswap.bgp.net.NeighborRunner;
import io.siteswap.bgp.net.SessionListener;
import io.siteswap.bgp.net.Transport;
import io.siteswap.bgp.session.SessionConfig;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The neighbours of a speaker, those of the file and those that came by themselves. */
final class Neighborhood {

    private static final Duration RECONNECT = Duration.ofMillis(200);

    private final Transport transport;
    private final SessionListener listener;
    private SpeakerConfig config;
    private final Map<String, Member> members = new LinkedHashMap<>();

    /** @param dynamic it is known by its range only */
    record Member(SpeakerConfig.Neighbor config, NeighborRunner runner, boolean dynamic) {
    }

    Neighborhood(SpeakerConfig config, Transport transport, SessionListener listener) {
        this.config = config;
        this.transport = transport;
        this.listener = listener;
        config.neighbors().forEach(this::add);
    }

    /** New neighbours are made by this configuration from here on; the present ones stay. */
    void config(SpeakerConfig next) {
        config = next;
    }

    Member add(SpeakerConfig.Neighbor neighbor) {
        return add(neighbor, new InetSocketAddress(neighbor.address(), neighbor.port()), false);
    }

    private Member add(SpeakerConfig.Neighbor neighbor, InetSocketAddress remote,
            boolean dynamic) {
        NeighborAddress address = new NeighborAddress(neighbor.name(), remote,
                neighbor.local().map(local -> new InetSocketAddress(local, 0)),
                neighbor.options().tcp());
        Member member = new Member(neighbor, new NeighborRunner(transport, address,
                session(neighbor), listener, RandomGenerator.getDefault()), dynamic);
        members.put(neighbor.name(), member);
        return member;
    }

    private SessionConfig session(SpeakerConfig.Neighbor neighbor) {
        Duration reconnect = config.connectRetry().compareTo(RECONNECT) < 0
                ? config.connectRetry()
                : RECONNECT;
        return new SessionConfig(config.as(), neighbor.as(), Address.parse(config.routerId()),
                config.hold(), config.connectRetry(), reconnect, neighbor.passive(),
                List.of(Family.values())).with(neighbor.options().session())
                // Whether we were here before is known to nobody; R says: do not wait for us.
                .withRestarting(true);
    }

    /** Other options for a session that goes on. */
    Member replace(SpeakerConfig.Neighbor neighbor) {
        Member member = new Member(neighbor, find(neighbor.name()).orElseThrow().runner(), false);
        members.put(neighbor.name(), member);
        return member;
    }

    void remove(String name) {
        Member _ = members.remove(name);
    }

    Optional<Member> find(String name) {
        return Optional.ofNullable(members.get(name));
    }

    Optional<NeighborRunner> runner(String name) {
        return find(name).map(Member::runner);
    }

    NeighborOptions options(String name) {
        return find(name).map(m -> m.config.options()).orElse(NeighborOptions.DEFAULTS);
    }

    List<Member> members() {
        return List.copyOf(members.values());
    }

    List<NeighborRunner> runners() {
        return members.values().stream().map(Member::runner).toList();
    }

    /** Those that the acceptor has to know by their address. */
    List<NeighborRunner> configured() {
        return members.values().stream().filter(m -> !m.dynamic).map(Member::runner).toList();
    }

    /** Neighbours that connect from the configured ranges. */
    DynamicNeighbors dynamic() {
        return new DynamicNeighbors(
                config.options().ranges().stream().map(r -> new DynamicNeighbors.Range(r.name(),
                        Prefix.parse(r.prefix()), r.limit())).toList(),
                this::welcome, runner -> remove(runner.name()));
    }

    private NeighborRunner welcome(DynamicNeighbors.Range range, InetAddress from) {
        SpeakerOptions.Range found = config.options().ranges().stream()
                .filter(r -> r.name().equals(range.name())).findFirst().orElseThrow();
        String address = Address.of(from).toString();
        return add(new SpeakerConfig.Neighbor(range.name() + "-" + address, address,
                SpeakerConfig.BGP_PORT, found.as(), true, Optional.empty(), found.nextHop(),
                found.options(), Map.of()), new InetSocketAddress(from, SpeakerConfig.BGP_PORT),
                true)
                .runner();
    }
}
