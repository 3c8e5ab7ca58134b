package io.siteswap.bgp.app;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.siteswap.bgp.net.NeighborRunner;
import io.siteswap.bgp.net.SessionListener;
import io.siteswap.bgp.net.Transport;
import io.siteswap.bgp.net.WireTap;
import io.siteswap.bgp.rib.MaxPrefix;
import io.siteswap.bgp.rib.Relation;
import io.siteswap.bgp.rib.Rib;
import io.siteswap.bgp.rib.Source;
import io.siteswap.bgp.session.Negotiated;
import io.siteswap.bgp.session.Retention;
import io.siteswap.bgp.speaker.Output;
import io.siteswap.bgp.speaker.Peer;
import io.siteswap.bgp.speaker.Speaker;
import io.siteswap.bgp.speaker.Stance;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Notification;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.RouteRefresh;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.WireError;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins the pure speaker to its sessions; everything is the loop's. */
final class Engine implements SessionListener {

    /** Changes of best routes told together, and the pause after them. */
    private static final int CHANGES = 512;
    private static final Duration PACE = Duration.ofMillis(5);
    /** Packed for one neighbour before the others have their turn. */
    private static final int OCTETS = 1 << 16;

    private final Logger log;
    private final SpeakerConfig config;
    private final Speaker speaker;
    private final Neighborhood neighbors;
    private final Audience audience;
    private final Deliveries deliveries;
    private final Map<Prefix, String> services = new HashMap<>();
    private final EventLoop loop;
    private final LookingGlass glass;
    private Optional<KernelFeed> feed = Optional.empty();
    private Optional<Witness> witness = Optional.empty();
    private boolean going;
    private long lastChanges = System.nanoTime() - PACE.toNanos();

    Engine(SpeakerConfig config, Speaker speaker, Transport transport) {
        // By speaker: there may be several in a process.
        this.log = LoggerFactory.getLogger(Engine.class.getName() + "." + config.name());
        this.config = config;
        this.speaker = speaker;
        this.loop = transport.loop();
        this.audience = new Audience(log, loop, speaker.rib());
        this.deliveries = new Deliveries(audience);
        this.glass = new LookingGlass(config.as());
        config.originations().forEach(o -> services.put(Prefix.parse(o.prefix()), o.service()));
        this.neighbors = new Neighborhood(config, transport, this);
    }

    Neighborhood neighbors() {
        return neighbors;
    }

    /** Best routes go there too from here on. */
    void feed(KernelFeed kernel) {
        feed = Optional.of(kernel);
        boolean exact = !kernel.filter().everything() && kernel.filter().rules().stream()
                .allMatch(r -> r.ge() == r.le() && r.le() == r.within().length());
        if (exact) {
            kernel.filter().rules().forEach(r -> speaker.rib().watch(r.within()));
        } else {
            audience.watchEverything();
        }
        Future<?> _ = loop.schedule(kernel::settle, KernelFeed.SETTLE.toSeconds(),
                TimeUnit.SECONDS);
    }

    /** It hears of every connection that is made from here on. */
    void witness(Witness hears) {
        witness = Optional.of(hears);
    }

    @Override
    public Optional<WireTap> tap(NeighborRunner neighbor, InetSocketAddress local,
            InetSocketAddress remote) {
        return witness.map(w -> w.tap(neighbor, local, remote));
    }

    Speaker speaker() {
        return speaker;
    }

    /**
     * Goes over to another configuration; sessions and prefixes that are the same in both are not
     * touched. What is new comes before what goes.
     *
     * @param stances of the new configuration's prefixes
     */
    void reload(Reload reload, SpeakerConfig next, Map<Prefix, Stance> stances) {
        neighbors.config(next);
        next.originations().forEach(o -> services.put(Prefix.parse(o.prefix()), o.service()));
        if (reload.ladder()) {
            run(speaker.ladder(next.ladder()));
        }
        Map<Prefix, Stance> fresh = new LinkedHashMap<>(stances);
        fresh.keySet().retainAll(reload.fresh());
        run(speaker.stances(fresh));
        next.neighbors().forEach(n -> Optional.ofNullable(reload.neighbors().get(n.name()))
                .ifPresent(change -> reload(n, change)));
        reload.neighbors().forEach((name, change) -> {
            if (change == Reload.NeighborChange.REMOVED) {
                end(name, Notification.CEASE_DECONFIGURED);
            }
        });
        run(speaker.forget(reload.gone()));
        go();
    }

    private void reload(SpeakerConfig.Neighbor neighbor, Reload.NeighborChange change) {
        switch (change) {
            case BFD -> {
                Neighborhood.Member _ = neighbors.replace(neighbor);
            }
            case RESEND -> {
                Neighborhood.Member _ = neighbors.replace(neighbor);
                speaker.meanings(neighbor.name(), neighbor.meanings());
                act(neighbor.name(), NeighborAction.RESEND, "");
            }
            case REFRESH -> {
                NeighborRunner runner = neighbors.replace(neighbor).runner();
                speaker.imports(neighbor.name(), neighbor.options().imports());
                if (!runner.askAgain()) {
                    act(neighbor.name(), NeighborAction.RESET, "");
                }
            }
            case RESET -> {
                end(neighbor.name(), Notification.CEASE_OTHER_CHANGE);
                neighbors.add(neighbor).runner().start();
            }
            case ADDED -> neighbors.add(neighbor).runner().start();
            case REMOVED -> throw new AssertionError("a neighbour that is there is not removed");
        }
    }

    private void end(String name, int subcode) {
        neighbors.runner(name)
                .ifPresent(runner -> runner.stop(Notification.of(Notification.CEASE, subcode)));
        neighbors.remove(name);
    }

    Audience audience() {
        return audience;
    }

    void start() {
        neighbors.runners().forEach(NeighborRunner::start);
    }

    void stop(Notification farewell) {
        neighbors.runners().forEach(runner -> runner.stop(farewell));
    }

    void leave() {
        neighbors.runners().forEach(NeighborRunner::restartSoon);
    }

    void abandon() {
        neighbors.runners().forEach(NeighborRunner::abandon);
    }

    /** Already on disk. Neighbours come first, then who asked for it, then who only listens. */
    void stance(Prefix prefix, StanceBook.Entry entry) {
        List<Deliveries.Told> told = carryOut(speaker.stances(Map.of(prefix, entry.stance())));
        loop.execute(() -> {
            audience.publish(new SpeakerEvent.Stance(prefix.toString(), entry.service(),
                    entry.stance().rung(), entry.stance().epoch()));
            told.forEach(deliveries::confirm);
        });
    }

    @Override
    public void up(NeighborRunner neighbor, Negotiated negotiated, Address local) {
        deliveries.up(neighbor.name());
        witness.ifPresent(w -> w.up(neighbor, negotiated));
        Source source = new Source(neighbor.name(), negotiated.peerAs(),
                neighbor.config().external(), negotiated.peerId(),
                Address.of(neighbor.address().remote().getAddress()));
        log.info("Neighbour {} is up: hold {} s, families {}.", neighbor.name(),
                negotiated.hold().toSeconds(), negotiated.families());
        NeighborOptions options = neighbors.options(neighbor.name());
        run(speaker.up(new Peer(source, negotiated.context(), negotiated.families(),
                OwnHops.at(neighbors.find(neighbor.name()).flatMap(m -> m.config().nextHop())
                        .map(Address::parse), local,
                        OwnHops.link(options.tcp().device(),
                                neighbor.address().remote().getAddress())),
                negotiated.role().map(Relation::of).orElse(Relation.UNKNOWN),
                negotiated.enhancedRefresh(), options.imports(), options.exports(),
                neighbors.find(neighbor.name()).map(m -> m.config().meanings())
                        .orElse(Map.of()))));
        go();
    }

    @Override
    public void down(NeighborRunner neighbor, String reason, Optional<Retention> retention) {
        log.warn("Neighbour {} is down: {}", neighbor.name(), reason);
        deliveries.down(neighbor.name());
        witness.ifPresent(w -> w.down(neighbor));
        speaker.down(neighbor.name(), retention.map(Retention::families).orElse(Set.of()));
        go();
    }

    @Override
    public void stale(NeighborRunner neighbor, Set<Family> families) {
        log.warn("Routes of neighbour {} are the last resort from now on: {}.", neighbor.name(),
                families);
        families.forEach(family -> speaker.longLived(neighbor.name(), family));
        go();
    }

    @Override
    public void flush(NeighborRunner neighbor, Set<Family> families) {
        log.info("Kept routes of neighbour {} are gone: {}.", neighbor.name(), families);
        families.forEach(family -> speaker.flush(neighbor.name(), family));
        go();
    }

    @Override
    public void writable(NeighborRunner neighbor, boolean writable) {
        log.debug("Neighbour {} takes {}.", neighbor.name(), writable ? "more" : "no more");
        speaker.writable(neighbor.name(), writable);
        go();
    }

    @Override
    public void moved(NeighborRunner neighbor, String state) {
        log.debug("Neighbour {}: {}.", neighbor.name(), state);
        witness.ifPresent(w -> w.moved(neighbor, state));
        audience.publish(new SpeakerEvent.Session(neighbor.name(), state,
                neighbor.counters().lastError().filter(_ -> !state.equals("Established"))
                        .orElse("")));
    }

    @Override
    public void update(NeighborRunner neighbor, Update update) {
        speaker.received(neighbor.name(), update);
        go();
    }

    @Override
    public boolean update(NeighborRunner neighbor, byte[] in, int from, int to) {
        return speaker.received(neighbor.name(), in, from, to);
    }

    @Override
    public void batch(NeighborRunner neighbor) {
        run(speaker.notices(neighbor.name()));
        go();
    }

    @Override
    public void refresh(NeighborRunner neighbor, RouteRefresh request) {
        request.family().ifPresent(family -> {
            switch (request.subtype()) {
                case RouteRefresh.REQUEST -> run(speaker.refresh(neighbor.name(), family));
                case RouteRefresh.BEGIN -> speaker.refreshBegin(neighbor.name(), family);
                case RouteRefresh.END -> speaker.refreshEnd(neighbor.name(), family);
                default -> log.debug("Neighbour {} sent a ROUTE-REFRESH of subtype {}.",
                        neighbor.name(), request.subtype());
            }
        });
        go();
    }

    @Override
    public void failed(NeighborRunner neighbor, String reason) {
        log.info("Neighbour {} is not up: {}", neighbor.name(), reason);
    }

    @Override
    public void tolerated(NeighborRunner neighbor, WireError error) {
        log.warn("Neighbour {} sent a faulty UPDATE ({}): {} [{}]", neighbor.name(),
                error.consequence(), error.reason(), error.data());
    }

    /** A slice of the table, after a change of what the RPKI says; returns where to go on. */
    Optional<Integer> revalidate(Family family, int cursor, int most) {
        Optional<Integer> next = speaker.rib().revalidate(family, cursor, most);
        go();
        return next;
    }

    /**
     * One portion now; the rest after what else waits on the loop, and changes of best routes
     * no faster than those who listen can be expected to read them.
     */
    private void go() {
        if (!going && speaker.pending()) {
            going = true;
            portion();
        }
    }

    private void portion() {
        long now = System.nanoTime();
        boolean rested = now - lastChanges >= PACE.toNanos();
        lastChanges = rested ? now : lastChanges;
        run(speaker.batch(rested ? CHANGES : 0, OCTETS));
        going = speaker.pending();
        if (going) {
            Future<?> _ = loop.schedule(this::portion, speaker.passing() ? 0 : PACE.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void run(List<Output> outputs) {
        carryOut(outputs).forEach(deliveries::confirm);
    }

    /** Nobody is told of a write before all are done: there may be hundreds of neighbours. */
    private List<Deliveries.Told> carryOut(List<Output> outputs) {
        List<Deliveries.Told> told = new ArrayList<>();
        for (Output output : outputs) {
            switch (output) {
                case Output.Send send -> send(send, told);
                case Output.Best best -> best(best);
                case Output.Seen(var now) -> glass.take(now, System.currentTimeMillis())
                        .ifPresent(audience::publish);
                case Output.TooMany(Rib.Notice notice) -> tooMany(notice);
                case Output.Unannounced(String peer, Prefix prefix, String reason) -> log
                        .warn("{} is not announced to {}: {}", prefix, peer, reason);
            }
        }
        return told;
    }

    private void best(Output.Best best) {
        feed.ifPresent(kernel -> kernel.best(best.prefix(), best.choice()));
        if (!audience.isEmpty()) {
            audience.publish(Views.best(best));
        }
    }

    private void tooMany(Rib.Notice notice) {
        log.warn("Neighbour {} announces {} prefixes of {}; {} are allowed.", notice.peer(),
                notice.size(), notice.family(), notice.limit().limit());
        if (!notice.exceeded() || notice.limit().action() == MaxPrefix.Action.WARN) {
            return;
        }
        NeighborRunner runner = neighbors.runner(notice.peer()).orElseThrow();
        runner.stop(Notification.of(Notification.CEASE, Notification.CEASE_MAX_PREFIXES));
        if (!notice.limit().restart().isZero()) {
            Future<?> _ = loop.schedule(runner::start, notice.limit().restart().toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    /** The bytes are shared: each neighbour gets a view of them, where the kernel can read it. */
    private void send(Output.Send send, List<Deliveries.Told> told) {
        ByteBuf bytes = Unpooled.directBuffer(send.messages().remaining())
                .writeBytes(send.messages().duplicate());
        for (String peer : send.peers()) {
            neighbors.runner(peer)
                    .flatMap(runner -> runner.write(bytes.retainedDuplicate(), send.updates()))
                    .filter(_ -> !send.stances().isEmpty())
                    .ifPresent(sent -> told.add(new Deliveries.Told(peer, sent, send.stances())));
        }
        bytes.release();
    }

    List<NeighborView> neighborViews() {
        return neighbors.members().stream().map(m -> Views.neighbor(m, speaker)).toList();
    }

    /** @param name absent: of all */
    List<FaultView> faults(Optional<String> name) {
        return neighbors.runners().stream().filter(r -> name.map(r.name()::equals).orElse(true))
                .flatMap(r -> r.faults().entries().stream().map(e -> FaultView.of(r.name(), e)))
                .toList();
    }

    SpeakerView summary(Instant started) {
        String up = "Established";
        Runtime heap = Runtime.getRuntime();
        return new SpeakerView(SpeakerView.API, config.name(), config.as(), config.routerId(),
                Duration.between(started, Instant.now()).toMillis(), neighbors.runners().size(),
                (int) neighbors.runners().stream().filter(n -> n.state().equals(up)).count(),
                speaker.rib().size(Family.IPV4_UNICAST), speaker.rib().size(Family.IPV6_UNICAST),
                speaker.rib().paths(), heap.totalMemory() - heap.freeMemory());
    }

    /** @throws IllegalArgumentException with a sentence if there is no such neighbour */
    void act(String name, NeighborAction action, String message) {
        NeighborRunner runner = neighbors.runner(name).orElseThrow(() -> unknown(name));
        log.info("An operator asks: {} neighbour {}{}.", action.word(), name,
                message.isEmpty() ? "" : " (" + message + ")");
        switch (action) {
            case SHUTDOWN -> runner.stop(Notification.cease(Notification.CEASE_SHUTDOWN, message));
            case ENABLE -> runner.start();
            case RESET -> {
                runner.stop(Notification.cease(Notification.CEASE_RESET, message));
                runner.start();
            }
            case REFRESH -> {
                if (!runner.askAgain()) {
                    throw new IllegalArgumentException("Neighbour '" + name
                            + "' has no session that can be asked for its routes again.");
                }
            }
            case RESEND -> {
                for (Family family : Family.values()) {
                    run(speaker.refresh(name, family));
                }
            }
        }
    }

    private IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("There is no neighbour '" + name + "': there are "
                + neighbors.runners().stream().map(NeighborRunner::name)
                        .collect(Collectors.joining(", "))
                + ".");
    }

    /** What a neighbour is told now, a slice of it. */
    AdvertisedWalk.Slice advertised(String name, RouteQuery.Cursor at) {
        if (neighbors.find(name).isEmpty()) {
            throw unknown(name);
        }
        return AdvertisedWalk.slice(speaker, name, at);
    }

    List<StanceView> stanceViews() {
        List<StanceView> views = new ArrayList<>();
        speaker.stances().forEach((prefix, stance) -> {
            Map<String, Boolean> told = new LinkedHashMap<>();
            neighbors.runners().forEach(
                    n -> told.put(n.name(), deliveries.isWritten(n.name(), prefix, stance)));
            views.add(new StanceView(prefix.toString(), services.getOrDefault(prefix, ""),
                    stance.rung(), stance.epoch(), told));
        });
        return views;
    }

    /** Each own prefix as it comes back to us. */
    List<OwnSeenView> seen(Optional<Prefix> within) {
        return glass.views(speaker.stances().keySet(), within);
    }
}
