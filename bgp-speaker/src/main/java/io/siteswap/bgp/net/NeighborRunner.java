package io.siteswap.bgp.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketChannel;
import io.siteswap.bgp.session.Effect;
import io.siteswap.bgp.session.Event;
import io.siteswap.bgp.session.Negotiated;
import io.siteswap.bgp.session.Peering;
import io.siteswap.bgp.session.Peering.LaneEffect;
import io.siteswap.bgp.session.Peering.PeeringStep;
import io.siteswap.bgp.session.Retention;
import io.siteswap.bgp.session.SessionConfig;
import io.siteswap.bgp.session.SessionFsm;
import io.siteswap.bgp.session.State;
import io.siteswap.bgp.session.TimerKind;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.Notification;
import io.siteswap.bgp.wire.RouteRefresh;
import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.WireError;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Runs the effects of one neighbour's sessions; everything happens on the event loop. */
public final class NeighborRunner {

    /** No longer than this is the body of an End-of-RIB: one MP_UNREACH without prefixes. */
    private static final int END_OF_RIB = 16;

    private final Transport transport;
    private final NeighborAddress address;
    private final SessionConfig config;
    private final SessionFsm fsm;
    private final SessionListener listener;
    private final RandomGenerator random;
    private final Map<Integer, LaneRunner> lanes = new HashMap<>();
    private final Counters counters = new Counters();

    private Peering peering = Peering.idle();
    private String reported = "Idle";
    private final Queue<Runnable> inbox = new ArrayDeque<>();
    private boolean running;
    private final FaultLog faults = new FaultLog();
    private Octets faulty = Octets.NONE;
    private boolean met;
    private Runnable quiet = () -> {
    };
    /** The lane whose session is up; -1: none. */
    private int established = -1;
    private boolean heard;

    public NeighborRunner(Transport transport, NeighborAddress address, SessionConfig config,
            SessionListener listener, RandomGenerator random) {
        this.transport = transport;
        this.address = address;
        this.config = config;
        this.fsm = new SessionFsm(config);
        this.listener = listener;
        this.random = random;
    }

    public String name() {
        return address.name();
    }

    public NeighborAddress address() {
        return address;
    }

    public SessionConfig config() {
        return config;
    }

    /** The RFC's name of the state. */
    public String state() {
        return peering.state().name();
    }

    public Counters counters() {
        return counters;
    }

    /** As negotiated; zero when there is no session or no keepalives. */
    public Duration hold() {
        return peering.state() instanceof State.Established(Negotiated negotiated)
                ? negotiated.hold()
                : Duration.ZERO;
    }

    public void start() {
        enqueue(() -> apply(peering.broadcast(fsm, config, new Event.Start()), Optional.empty()));
    }

    public void stop(Notification farewell) {
        enqueue(() -> apply(peering.broadcast(fsm, config, new Event.Stop(farewell)),
                Optional.empty()));
    }

    /**
     * We are back soon: neighbours that agreed to graceful restart keep our routes and are told
     * nothing, the others get Cease / Administrative Reset.
     */
    public void restartSoon() {
        enqueue(() -> apply(peering.broadcast(fsm, config, new Event.Leave()), Optional.empty()));
    }

    /** Asks the neighbour for all its routes again (RFC 2918). False: it cannot be asked. */
    public boolean askAgain() {
        if (!(peering.state() instanceof State.Established(Negotiated negotiated))
                || !negotiated.refresh()) {
            return false;
        }
        peering.established().ifPresent(lane -> negotiated.families().forEach(family -> {
            counters.messagesOut++;
            Optional<ChannelFuture> _ = lane(lane.id()).send(RouteRefresh.request(family));
        }));
        return true;
    }

    /** What BFD sees of the neighbour. */
    public void bfdUp() {
        enqueue(() -> apply(peering.broadcast(fsm, config, new Event.BfdUp()), Optional.empty()));
    }

    /**
     * @param reason the diagnostic, for people
     * @param independent the neighbour's BFD lives without its BGP process (C bit): then the path
     * is broken, and also what a restart would keep is worth nothing
     */
    public void bfdDown(String reason, boolean independent) {
        enqueue(() -> apply(
                peering.broadcast(fsm, config, new Event.BfdDown(reason, independent)),
                Optional.empty()));
    }

    /** Drops everything without a word. */
    public void abandon() {
        lanes.values().forEach(LaneRunner::abandon);
        lanes.clear();
        peering = Peering.idle();
        established = -1;
    }

    /** The neighbour connected; the connection is closed unless a session takes it. */
    void accepted(SocketChannel channel) {
        try {
            transport.protect(channel, address, config.external());
        } catch (ChannelException e) {
            ChannelFuture _ = channel.close();
            counters.lastError = Optional.of(String.valueOf(e.getMessage()));
            listener.failed(this, String.valueOf(e.getMessage()));
            return;
        }
        met = true;
        enqueue(() -> apply(peering.accepted(fsm), Optional.of(channel)));
    }

    /** Sends on the established session; fails when there is none. */
    public Optional<ChannelFuture> send(Update update) {
        return peering.established().flatMap(lane -> {
            counters.updatesOut++;
            counters.messagesOut++;
            return lane(lane.id()).send(update);
        });
    }

    /**
     * Sends whole messages, encoded as agreed, on the established session. The buffer is released
     * in any case.
     *
     * @param updates how many they are
     */
    public Optional<ChannelFuture> write(ByteBuf messages, int updates) {
        Optional<ChannelFuture> sent = peering.established()
                .flatMap(lane -> lane(lane.id()).write(messages));
        if (sent.isPresent()) {
            counters.updatesOut += updates;
            counters.messagesOut += updates;
        } else {
            messages.release();
        }
        return sent;
    }

    /** Whether what is sent leaves soon; false also when there is no session. */
    public boolean writable() {
        return peering.established().filter(lane -> lane(lane.id()).writable()).isPresent();
    }

    /**
     * The short way of a plain UPDATE: to an Established session it means no more than that the
     * neighbour lives and has routes for us, so that the state machine need not be asked. The
     * hold timer moves once for everything that was read together, see {@link #batch}.
     */
    boolean update(int lane, byte[] in, int from, int to) {
        // An End-of-RIB is short, and the session wants to see it while kept routes wait for it.
        boolean mark = to - from <= END_OF_RIB && peering.awaitsEndOfRib();
        if (lane != established || running || mark || !listener.update(this, in, from, to)) {
            return false;
        }
        heard = true;
        counters.messagesIn++;
        counters.updatesIn++;
        return true;
    }

    void batch(int lane) {
        if (heard && lane == established) {
            Duration hold = hold();
            if (!hold.isZero()) {
                lane(lane).timers().arm(TimerKind.HOLD, hold);
            }
        }
        heard = false;
        listener.batch(this);
    }

    void event(int lane, Event event) {
        enqueue(() -> apply(peering.step(fsm, config, lane, event), Optional.empty()));
    }

    /** Effects may cause events at once; one step is finished before the next begins. */
    private void enqueue(Runnable step) {
        inbox.add(step);
        if (running) {
            return;
        }
        running = true;
        try {
            for (Runnable next = inbox.poll(); next != null; next = inbox.poll()) {
                next.run();
            }
        } finally {
            running = false;
        }
    }

    private void apply(PeeringStep step, Optional<SocketChannel> offered) {
        peering = step.next();
        established = peering.established().map(Peering.Lane::id).orElse(-1);
        boolean adopted = false;
        for (LaneEffect laned : step.effects()) {
            adopted |= laned.effect() instanceof Effect.Adopt;
            run(lane(laned.lane()), laned.effect(), offered);
        }
        if (!adopted) {
            offered.ifPresent(channel -> {
                ChannelFuture _ = channel.close();
            });
        }
        if (!reported.equals(state())) {
            reported = state();
            listener.moved(this, reported);
        }
        if (met && peering.isQuiet()) {
            transport.loop().execute(quiet);
        }
    }

    /** Called when a neighbour that connected once has no connection and no routes any more. */
    void whenQuiet(Runnable then) {
        quiet = then;
    }

    void writable(int lane, boolean writable) {
        if (peering.established().filter(l -> l.id() == lane).isPresent()) {
            listener.writable(this, writable);
        }
    }

    /** Its last faulty messages. */
    public FaultLog faults() {
        return faults;
    }

    /** The message whose faults follow. */
    void faulty(ByteBuffer message) {
        faulty = Octets.read(message.slice(message.position(),
                Math.min(message.remaining(), FaultLog.MAX_OCTETS)));
    }

    /** A fault in what it sent, already acted upon. */
    void faulty(WireError error) {
        faults.add(Instant.now(), error, faulty);
    }

    Optional<WireTap> tap(InetSocketAddress local, InetSocketAddress remote) {
        return listener.tap(this, local, remote);
    }

    private LaneRunner lane(int id) {
        return lanes.computeIfAbsent(id, _ -> new LaneRunner(this, transport, id));
    }

    private void run(LaneRunner lane, Effect effect, Optional<SocketChannel> offered) {
        switch (effect) {
            case Effect.Connect _ -> lane.connect(address, config.connectRetry());
            case Effect.Adopt _ -> lane.adopt(offered.orElseThrow());
            case Effect.Send(Message message) -> {
                counters.messagesOut++;
                Optional<ChannelFuture> _ = lane.send(message);
            }
            case Effect.Disconnect _ -> lane.disconnect();
            case Effect.Arm(TimerKind timer, Duration after) -> lane.timers().arm(timer,
                    jittered(timer, after));
            case Effect.Disarm(TimerKind timer) -> lane.timers().disarm(timer);
            case Effect.Up(Negotiated negotiated) -> {
                counters.establishedAt = Optional.of(System.nanoTime());
                listener.up(this, negotiated, lane.agree(negotiated.context()));
            }
            case Effect.Down(String reason, Optional<Retention> retention) -> {
                counters.establishedAt = Optional.empty();
                counters.lastError = Optional.of(reason);
                listener.down(this, reason, retention);
            }
            case Effect.Stale(Set<Family> families) -> listener.stale(this, families);
            case Effect.Flush(Set<Family> families) -> listener.flush(this, families);
            case Effect.Failed(String reason) -> {
                counters.lastError = Optional.of(reason);
                listener.failed(this, reason);
            }
            case Effect.Deliver(Update update) -> listener.update(this, update);
            case Effect.Refresh refresh -> listener.refresh(this, refresh.request());
        }
    }

    /** RFC 4271 section 10: 75 to 100 % of what was asked, except the hold timer. */
    private Duration jittered(TimerKind timer, Duration after) {
        return switch (timer) {
            case HOLD, SEND_HOLD, RESTART, LONG_LIVED, STALE, RESTARTED -> after;
            case CONNECT_RETRY, KEEPALIVE, IDLE_HOLD -> Duration
                    .ofNanos((long) (after.toNanos() * (0.75 + random.nextDouble() / 4)));
        };
    }

    void received(int lane, Decoded.Ok decoded) {
        counters.messagesIn++;
        if (decoded.message() instanceof Update) {
            counters.updatesIn++;
        }
        for (WireError error : decoded.tolerated()) {
            faulty(error);
            listener.tolerated(this, error);
        }
        event(lane, new Event.Received(decoded.message()));
    }

    /** What people ask about a session. */
    public static final class Counters {
        private long messagesIn;
        private long messagesOut;
        private long updatesIn;
        private long updatesOut;
        private Optional<Long> establishedAt = Optional.empty();
        private Optional<String> lastError = Optional.empty();

        public long messagesIn() {
            return messagesIn;
        }

        public long messagesOut() {
            return messagesOut;
        }

        public long updatesIn() {
            return updatesIn;
        }

        public long updatesOut() {
            return updatesOut;
        }

        public Duration uptime() {
            return establishedAt.map(at -> Duration.ofNanos(System.nanoTime() - at))
                    .orElse(Duration.ZERO);
        }

        public Optional<String> lastError() {
            return lastError;
        }
    }
}
