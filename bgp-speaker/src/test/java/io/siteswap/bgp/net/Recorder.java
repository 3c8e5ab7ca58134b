package io.siteswap.bgp.net;

import io.siteswap.bgp.session.Negotiated;
import io.siteswap.bgp.session.Retention;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.RouteRefresh;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.WireError;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Writes down what runners report. */
final class Recorder implements SessionListener {

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Consumer<NeighborRunner> whenUp;

    Recorder() {
        this(_ -> {
        });
    }

    Recorder(Consumer<NeighborRunner> whenUp) {
        this.whenUp = whenUp;
    }

    /** Waits for a report that starts like this; the ones before are gone. */
    String await(String start) throws InterruptedException {
        for (String next = next(start); true; next = next(start)) {
            if (next.startsWith(start)) {
                return next;
            }
        }
    }

    private String next(String wanted) throws InterruptedException {
        String next = heard.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("Not within 10 s: " + wanted);
        }
        return next;
    }

    boolean nothingLike(String start) {
        return heard.stream().noneMatch(line -> line.startsWith(start));
    }

    void note(String line) {
        heard.add(line);
    }

    @Override
    public void up(NeighborRunner neighbor, Negotiated negotiated, Address local) {
        heard.add("up " + neighbor.name());
        whenUp.accept(neighbor);
    }

    @Override
    public void down(NeighborRunner neighbor, String reason, Optional<Retention> retention) {
        heard.add("down " + neighbor.name() + ": " + reason);
    }

    @Override
    public void stale(NeighborRunner neighbor, Set<Family> families) {
        heard.add("stale " + neighbor.name());
    }

    @Override
    public void flush(NeighborRunner neighbor, Set<Family> families) {
        heard.add("flush " + neighbor.name());
    }

    @Override
    public void writable(NeighborRunner neighbor, boolean writable) {
        heard.add("writable " + writable);
    }

    @Override
    public void moved(NeighborRunner neighbor, String state) {
        heard.add("moved " + neighbor.name() + " " + state);
    }

    @Override
    public void update(NeighborRunner neighbor, Update update) {
        heard.add("update " + neighbor.name());
    }

    @Override
    public boolean update(NeighborRunner neighbor, byte[] in, int from, int to) {
        return false;
    }

    @Override
    public void batch(NeighborRunner neighbor) {
        // only counts
    }

    @Override
    public void refresh(NeighborRunner neighbor, RouteRefresh request) {
        heard.add("refresh " + neighbor.name());
    }

    @Override
    public void failed(NeighborRunner neighbor, String reason) {
        heard.add("failed " + neighbor.name() + ": " + reason);
    }

    @Override
    public void tolerated(NeighborRunner neighbor, WireError error) {
        heard.add("tolerated " + neighbor.name());
    }
}
