package io.siteswap.bgp.net;

import io.siteswap.bgp.session.SessionConfig;
import io.siteswap.bgp.session.SessionOptions;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One end of a session under test: transport, acceptor, runner and what it reports. */
final class Side implements AutoCloseable {

    final Recorder recorder;
    final Transport transport;
    final NeighborRunner runner;
    private Optional<Acceptor> acceptor = Optional.empty();

    private Side(Recorder recorder, Transport transport, NeighborRunner runner) {
        this.recorder = recorder;
        this.transport = transport;
        this.runner = runner;
    }

    /** Waits at {@code own} for a neighbour from {@code other}. */
    static Side passive(String own, String other, TcpOptions tcp, SessionOptions options)
            throws IOException {
        return passive(own, other, tcp, options, _ -> {
        });
    }

    static Side passive(String own, String other, TcpOptions tcp, SessionOptions options,
            Consumer<NeighborRunner> whenUp) throws IOException {
        Recorder recorder = new Recorder(whenUp);
        Transport transport = new Transport("passive");
        NeighborRunner runner = new NeighborRunner(transport,
                new NeighborAddress("peer",
                        new InetSocketAddress(InetAddress.ofLiteral(other), 1),
                        Optional.empty(), tcp),
                config(64500, 64510, "198.18.1.1", true).with(options), recorder,
                new Random(1));
        Side side = new Side(recorder, transport, runner);
        side.acceptor = Optional.of(Acceptor.start(transport,
                new InetSocketAddress(InetAddress.ofLiteral(own), 0), List.of(runner),
                DynamicNeighbors.none(),
                (from, count) -> recorder.note("stranger " + from.getHostAddress() + " " + count)));
        side.acceptor.get().open();
        transport.loop().execute(runner::start);
        return side;
    }

    /** Connects from {@code own} to {@code other}. */
    static Side active(String own, String other, int port, TcpOptions tcp,
            SessionOptions options) {
        Recorder recorder = new Recorder();
        Transport transport = new Transport("active");
        NeighborRunner runner = new NeighborRunner(transport,
                new NeighborAddress("peer",
                        new InetSocketAddress(InetAddress.ofLiteral(other), port),
                        Optional.of(new InetSocketAddress(InetAddress.ofLiteral(own), 0)), tcp),
                config(64510, 64500, "198.18.9.9", false).with(options), recorder,
                new Random(2));
        transport.loop().execute(runner::start);
        return new Side(recorder, transport, runner);
    }

    static SessionConfig config(long as, long peer, String id, boolean passive) {
        return new SessionConfig(as, peer, Address.parse(id), Duration.ofSeconds(3),
                Duration.ofMillis(500), Duration.ofMillis(100), passive,
                List.of(Family.values()));
    }

    int port() {
        return acceptor.orElseThrow().port();
    }

    Acceptor acceptor() {
        return acceptor.orElseThrow();
    }

    void onLoop(Runnable task) {
        CompletableFuture.runAsync(task, transport.loop()).join();
    }

    @Override
    public void close() {
        acceptor.ifPresent(Acceptor::close);
        onLoop(runner::abandon);
        transport.close();
    }
}
