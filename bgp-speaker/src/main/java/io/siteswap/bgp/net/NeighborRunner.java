package io.siteswap.bgp.net;

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
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.WireError;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Runs the effects of one neighbour's sessions; everything happens on the event loop. */
public final class NeighborRunner {

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

    /** What BFD sees of the neighbour. */
    public void bfdUp() {
        enqueue(() -> apply(peering.broadcast(fsm, config, new Event.BfdUp()), Optional.empty()));
    }

    /** @param reason the diagnostic, for people */
    public void bfdDown(String reason) {
        enqueue(() -> apply(peering.broadcast(fsm, config, new Event.BfdDown(reason)),
                Optional.empty()));
    }

    /** Drops everything without a word. */
    public void abandon() {
        lanes.values().forEach(LaneRunner::abandon);
        lanes.clear();
        peering = Peering.idle();
    }

    /** The neighbour connected; the connection is closed unless a session takes it. */
    void accepted(SocketChannel channel) {
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
