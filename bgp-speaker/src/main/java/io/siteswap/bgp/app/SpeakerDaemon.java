package io.siteswap.bgp.app;

import io.siteswap.bgp.bfd.net.SessionView;
import io.siteswap.bgp.net.Acceptor;
import io.siteswap.bgp.net.Transport;
import io.siteswap.bgp.rib.BestPath.Choice;
import io.siteswap.bgp.rib.Rib;
import io.siteswap.bgp.speaker.Ladder;
import io.siteswap.bgp.speaker.Speaker;
import io.siteswap.bgp.speaker.Stance;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Notification;
import io.siteswap.bgp.wire.Prefix;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running speaker. */
public final class SpeakerDaemon implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SpeakerDaemon.class);

    /** Another one after a reload; what cannot be reloaded is the same in both. */
    private volatile SpeakerConfig config;
    private volatile Supplier<SpeakerConfig> source;
    private final Transport transport;
    private final Engine engine;
    private final BfdWatch bfd;
    private final StanceDesk desk;
    private Optional<KernelFeed> kernel = Optional.empty();
    private Optional<RpkiWatch> rpki = Optional.empty();
    private Optional<Witness> witness = Optional.empty();
    private Optional<Acceptor> acceptor = Optional.empty();
    private Optional<LocalApi> api = Optional.empty();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Instant started = Instant.now();

    private SpeakerDaemon(SpeakerConfig config, StanceStore store, StanceBook book) {
        this.config = config;
        this.source = () -> config;
        this.transport = new Transport(config.name());
        this.bfd = new BfdWatch(transport.loop());
        this.engine = new Engine(config,
                new Speaker(local(config), config.ladder(), book.forSpeaker()), transport);
        this.desk = new StanceDesk(transport.loop(), config, book, store::save, new Voice());
    }

    /** Says what the desk decides. */
    private final class Voice implements StanceDesk.Announcer {

        @Override
        public Ladder ladder() {
            return config.ladder();
        }

        @Override
        public Optional<String> refusal(Prefix prefix, Stance stance) {
            return engine.speaker().refusal(Map.of(prefix, stance))
                    .or(() -> rpki.flatMap(watch -> watch.refusal(prefix,
                            config.ladder().find(stance.rung()))));
        }

        @Override
        public void announce(Prefix prefix, StanceBook.Entry entry) {
            engine.stance(prefix, entry);
        }
    }

    private static Rib.Local local(SpeakerConfig config) {
        return new Rib.Local(config.as(), Address.parse(config.routerId()).toInt(),
                OwnHops.configured(config),
                RandomGenerator.getDefault().nextLong());
    }

    /**
     * Restores the stances, listens, and starts all sessions.
     *
     * @throws IOException with one sentence for the operator: port taken, socket in use...
     */
    public static SpeakerDaemon start(SpeakerConfig config) throws IOException {
        createFolders(config);
        checkNames(config);
        // Before anything of its state is touched: it may be a running speaker's.
        LocalApi.refuseIfAlive(config.socket());
        StanceStore store = new StanceStore(config.stateFile());
        SpeakerDaemon daemon = new SpeakerDaemon(config, store, restore(config, store));
        try {
            daemon.open();
            return daemon;
        } catch (IOException e) {
            daemon.close();
            throw e;
        }
    }

    private static void createFolders(SpeakerConfig config) throws IOException {
        try {
            Files.createDirectories(config.stateFile().toAbsolutePath().getParent());
            Files.createDirectories(config.socket().toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new IOException("Cannot create the speaker's folder: " + e.getMessage()
                    + ". Create it or set another data-dir.", e);
        }
    }

    private static void checkNames(SpeakerConfig config) throws IOException {
        for (SpeakerConfig.Neighbor neighbor : config.neighbors()) {
            if (new InetSocketAddress(neighbor.address(), neighbor.port()).isUnresolved()) {
                throw new IOException("The address '" + neighbor.address() + "' of neighbour '"
                        + neighbor.name() + "' is unknown: write its IP address.");
            }
        }
    }

    private static StanceBook restore(SpeakerConfig config, StanceStore store) {
        StanceBook initial = StanceBook.initial(config);
        return switch (store.load()) {
            case StanceStore.Loaded.Book(StanceBook saved) -> tried(store,
                    initial.restored(saved, config.ladder()));
            case StanceStore.Loaded.Nothing _ -> tried(store, initial);
            case StanceStore.Loaded.Unreadable(String reason) -> {
                LOG.error(reason);
                yield initial;
            }
        };
    }

    /** A disk that refuses is known now rather than in the first failover. */
    private static StanceBook tried(StanceStore store, StanceBook book) {
        try {
            store.save(book);
        } catch (IOException e) {
            LOG.error("Stances cannot be saved ({}): until that is mended, every stance will be"
                    + " refused and {} prefixes stay as they are.", e, book.stances().size());
        }
        return book;
    }

    private void open() throws IOException {
        // First: it shall miss no connection.
        witness = Witness.start(config, engine.speaker(), transport.loop());
        witness.ifPresent(hears -> transport.loop().execute(() -> engine.witness(hears)));
        if (config.listen().isPresent()) {
            acceptor = Optional.of(Acceptor.start(transport,
                    HostPort.parse(config.listen().get()).resolve(),
                    engine.neighbors().configured(), engine.neighbors().dynamic(),
                    (stranger, times) -> LOG.warn(
                            "Refused a BGP connection from {}: not a neighbour{}.",
                            stranger.getHostAddress(),
                            times == 1 ? "" : " (" + times + " times within a minute)")));
        }
        bfd.watch(engine.neighbors().members());
        if (config.options().kernel().isPresent()) {
            KernelFeed feed = KernelFeed.start(config.options().kernel().get());
            kernel = Optional.of(feed);
            ask(() -> {
                engine.feed(feed);
                return true;
            });
        }
        rpki = config.options().rtr()
                .map(rtr -> RpkiWatch.start(rtr, config, transport.loop(), engine));
        api = Optional.of(LocalApi.start(config.socket(), this, transport));
        transport.loop().execute(() -> {
            engine.start();
            // A neighbour that came a moment earlier would be sent away, and return much later.
            acceptor.ifPresent(Acceptor::open);
        });
    }

    /** The port that accepts sessions, if one does. */
    public Optional<Integer> port() {
        return acceptor.map(Acceptor::port);
    }

    /** Best route for a prefix in CIDR notation, from any thread. */
    public Optional<RouteView> best(String prefix) {
        Prefix wanted = Prefix.parse(prefix);
        return ask(() -> {
            Optional<Choice> choice = engine.speaker().rib().best(wanted);
            return choice.map(c -> Views.route(c.best(), c));
        });
    }

    /** All routes that are usable, by prefix, the best of each first. */
    public List<RouteView> routes() {
        List<List<RouteView>> byPrefix = new ArrayList<>();
        Optional<RouteQuery.Cursor> _ = walk(RouteQuery.ALL, Integer.MAX_VALUE, byPrefix);
        byPrefix.sort(Comparator.comparing(routes -> Prefix.parse(routes.getFirst().prefix())));
        return byPrefix.stream().flatMap(List::stream).toList();
    }

    /** Received routes in parts, in no order that means anything. */
    public RouteQuery.Page routes(RouteQuery query) {
        List<List<RouteView>> byPrefix = new ArrayList<>();
        Optional<RouteQuery.Cursor> next = walk(query, query.limit(), byPrefix);
        return new RouteQuery.Page(byPrefix.stream().flatMap(List::stream).toList(),
                next.map(RouteQuery.Cursor::toString));
    }

    /** One visit to the loop for each slice of the table; returns where it goes on. */
    private Optional<RouteQuery.Cursor> walk(RouteQuery query, int most,
            List<List<RouteView>> byPrefix) {
        Optional<RouteQuery.Cursor> next = Optional.of(query.from());
        while (next.isPresent() && byPrefix.size() < most) {
            RouteQuery part = query.from(next.get());
            RouteWalk.Slice slice = ask(() -> RouteWalk.slice(engine.speaker().rib(), part));
            byPrefix.addAll(slice.byPrefix());
            next = slice.next();
        }
        return next;
    }

    /**
     * Each own prefix as the neighbours send it back to us.
     *
     * @param within only of those in this one
     */
    public List<OwnSeenView> seen(Optional<Prefix> within) {
        return ask(() -> engine.seen(within));
    }

    /** How many routes to own prefixes had no room among {@link #seen}, since the start. */
    public long overlooked() {
        return ask(() -> engine.speaker().rib().overlooked());
    }

    public SpeakerView summary() {
        return ask(() -> engine.summary(started));
    }

    /**
     * Acts on the session with a neighbour.
     *
     * @throws IllegalArgumentException with a sentence if there is no such neighbour
     */
    public void neighbor(String name, NeighborAction action, String message) {
        ask(() -> {
            engine.act(name, action, message);
            return true;
        });
    }

    public List<NeighborView> neighbors() {
        Map<String, SessionView> paths = bfd.views();
        return ask(engine::neighborViews).stream()
                .map(n -> Optional.ofNullable(paths.get(n.name()))
                        .map(path -> n.withBfd(path.state().toString())).orElse(n))
                .toList();
    }

    /**
     * What a neighbour is told, in parts: our own prefixes first, then what is passed on to it.
     *
     * @param limit about so many prefixes
     * @param from where to go on
     * @throws CompletionException of an IllegalArgumentException with a sentence if there is no
     * such neighbour
     */
    public RouteQuery.Page advertised(String neighbor, int limit, RouteQuery.Cursor from) {
        List<RouteView> routes = new ArrayList<>();
        Optional<RouteQuery.Cursor> next = Optional.of(from);
        while (next.isPresent() && routes.size() < limit) {
            RouteQuery.Cursor at = next.get();
            AdvertisedWalk.Slice slice = ask(() -> engine.advertised(neighbor, at));
            routes.addAll(slice.routes());
            next = slice.next();
        }
        return new RouteQuery.Page(routes, next.map(RouteQuery.Cursor::toString));
    }

    /** @param neighbor absent: of all */
    public List<FaultView> faults(Optional<String> neighbor) {
        return ask(() -> engine.faults(neighbor));
    }

    public List<StanceView> stances() {
        List<StanceView> views = ask(engine::stanceViews);
        return rpki.map(watch -> views.stream().map(v -> v.withRpki(watch.validity(
                Prefix.parse(v.prefix()), config.ladder().find(v.rung())))).toList())
                .orElse(views);
    }

    /** On the loop, where the state lives; at once if the caller is on it. */
    private <T> T ask(Supplier<T> question) {
        return transport.loop().inEventLoop()
                ? question.get()
                : CompletableFuture.supplyAsync(question, transport.loop()).join();
    }

    /**
     * Same as the local API's {@code stance}: returns after it is safe on disk. Not from a listener
     * of events: the event loop cannot wait for itself.
     */
    public StanceReply setStance(String service, long epoch, String prefix, String rung) {
        return setStance(service, epoch, prefix, rung, false);
    }

    /** @param override also when the prefix has changed too often lately */
    public StanceReply setStance(String service, long epoch, String prefix, String rung,
            boolean override) {
        if (transport.loop().inEventLoop()) {
            throw new IllegalStateException("setStance on the speaker's event loop");
        }
        return stance(new ApiRequest.SetStance(service, epoch, prefix, rung, override)).join();
    }

    /** From any thread; answered on the loop when it is safe on disk. */
    CompletableFuture<StanceReply> stance(ApiRequest.SetStance wanted) {
        return desk.take(wanted);
    }

    /**
     * Where {@link #reload()} finds the configuration.
     *
     * @param file throws IllegalArgumentException with a sentence if it is not usable
     */
    public void reloadsFrom(Supplier<SpeakerConfig> file) {
        source = file;
    }

    /**
     * Reads the configuration again and changes only what changed.
     *
     * @return a line for each change
     * @throws IllegalArgumentException with a sentence; nothing was changed then
     */
    public synchronized List<String> reload() {
        SpeakerConfig next = source.get();
        Reload reload = Reload.of(config, next);
        if (!reload.refused().isEmpty()) {
            throw new IllegalArgumentException("Nothing was changed: a change of "
                    + String.join(", ", reload.refused()) + " needs a restart of the speaker.");
        }
        try {
            checkNames(next);
            StanceBook _ = desk
                    .replace(book -> merged(book, next), book -> apply(reload, next, book))
                    .join();
        } catch (IOException e) {
            throw unchanged(e);
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException disk ? unchanged(disk) : e;
        }
        watchPaths(reload);
        rpki.ifPresent(watch -> watch.own(next));
        reload.lines().forEach(line -> LOG.info("Reload: {}.", line));
        return reload.lines();
    }

    private static IllegalArgumentException unchanged(IOException e) {
        return new IllegalArgumentException("Nothing was changed: " + e.getMessage(), e);
    }

    /** A stance in force must mean something on the new ladder. */
    private static StanceBook merged(StanceBook book, SpeakerConfig next) {
        book.stances().forEach((prefix, entry) -> {
            if (next.ladder().find(entry.stance().rung()).isEmpty()) {
                throw new IllegalArgumentException("Nothing was changed: " + prefix
                        + " is on the rung '" + entry.stance().rung()
                        + "', which the new ladder has not.");
            }
        });
        return StanceBook.initial(next).restored(book, next.ladder());
    }

    private void apply(Reload reload, SpeakerConfig next, StanceBook book) {
        config = next;
        engine.reload(reload, next, book.forSpeaker());
        acceptor.ifPresent(a -> a.neighbors(engine.neighbors().configured()));
    }

    private void watchPaths(Reload reload) {
        reload.neighbors().forEach((name, change) -> {
            Optional<Neighborhood.Member> member = ask(() -> engine.neighbors().find(name));
            boolean watched = member.flatMap(m -> m.config().options().bfd()).isPresent();
            if (!watched || change == Reload.NeighborChange.RESET) {
                bfd.unwatch(name);
            }
            try {
                if (watched) {
                    bfd.watch(List.of(member.orElseThrow()));
                }
            } catch (IOException e) {
                LOG.error("BFD with neighbour {} cannot start: {}", name, e.getMessage());
            }
        });
    }

    /** Events from now on, called on the speaker's event loop: return quickly. Close to stop. */
    public AutoCloseable listen(Consumer<SpeakerEvent> listener) {
        return ask(() -> engine.audience().join(listener));
    }

    /**
     * The same, but of best routes only the ones to these prefixes: with a full table the others
     * are too many for anybody to read.
     *
     * @param prefixes in CIDR notation
     */
    public AutoCloseable listen(Set<String> prefixes, Consumer<SpeakerEvent> listener) {
        Set<Prefix> wanted = prefixes.stream().map(Prefix::parse).collect(Collectors.toSet());
        return ask(() -> engine.audience().join(wanted, event -> {
            if (!(event instanceof SpeakerEvent.Best best) || prefixes.contains(best.prefix())) {
                listener.accept(event);
            }
        }));
    }

    /** Ends all sessions with NOTIFICATION Cease / Administrative Shutdown, then closes. */
    public void shutdown() {
        shutdown("");
    }

    /** The same with words for the neighbours' operators (RFC 9003); nobody keeps our routes. */
    public void shutdown(String words) {
        goodbye(() -> engine.stop(Notification.cease(Notification.CEASE_SHUTDOWN, words)));
    }

    /**
     * Closes to start again soon, as for an upgrade: neighbours that agreed to graceful restart
     * keep our routes and forward along them.
     */
    public void leave() {
        kernel.ifPresent(feed -> feed.end(true));
        kernel = Optional.empty();
        goodbye(engine::leave);
    }

    /** Returns when it is closed, whoever closed it. */
    public void awaitEnd() throws InterruptedException {
        end.await();
    }

    private void goodbye(Runnable farewell) {
        if (closed.get()) {
            return;
        }
        CompletableFuture.runAsync(farewell, transport.loop()).orTimeout(2, TimeUnit.SECONDS)
                .exceptionally(_ -> null).join();
        close();
    }

    /** Stops at once without a word to the neighbours; once is enough. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        api.ifPresent(LocalApi::close);
        acceptor.ifPresent(Acceptor::close);
        bfd.close();
        rpki.ifPresent(RpkiWatch::close);
        kernel.ifPresent(feed -> feed.end(false));
        desk.close();
        CompletableFuture.runAsync(engine::abandon, transport.loop())
                .orTimeout(2, TimeUnit.SECONDS).exceptionally(_ -> null).join();
        witness.ifPresent(Witness::close);
        transport.close();
        end.countDown();
    }
}
