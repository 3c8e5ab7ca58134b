package io.siteswap.bgp.session;

import io.siteswap.bgp.session.Effect.Adopt;
import io.siteswap.bgp.session.Effect.Arm;
import io.siteswap.bgp.session.Effect.Deliver;
import io.siteswap.bgp.session.Effect.Disarm;
import io.siteswap.bgp.session.Effect.Disconnect;
import io.siteswap.bgp.session.Effect.Down;
import io.siteswap.bgp.session.Effect.Failed;
import io.siteswap.bgp.session.Effect.Refresh;
import io.siteswap.bgp.session.Effect.Send;
import io.siteswap.bgp.session.Effect.Up;
import io.siteswap.bgp.session.Event.Accepted;
import io.siteswap.bgp.session.Event.BfdDown;
import io.siteswap.bgp.session.Event.BfdUp;
import io.siteswap.bgp.session.Event.Blocked;
import io.siteswap.bgp.session.Event.Drained;
import io.siteswap.bgp.session.Event.Dumped;
import io.siteswap.bgp.session.Event.Expired;
import io.siteswap.bgp.session.Event.Leave;
import io.siteswap.bgp.session.Event.Lost;
import io.siteswap.bgp.session.Event.Malformed;
import io.siteswap.bgp.session.Event.Opened;
import io.siteswap.bgp.session.Event.Received;
import io.siteswap.bgp.session.Event.Start;
import io.siteswap.bgp.session.Event.Stop;
import io.siteswap.bgp.session.State.Active;
import io.siteswap.bgp.session.State.AwaitingBfd;
import io.siteswap.bgp.session.State.Connect;
import io.siteswap.bgp.session.State.Established;
import io.siteswap.bgp.session.State.Idle;
import io.siteswap.bgp.session.State.OpenConfirm;
import io.siteswap.bgp.session.State.OpenSent;
import io.siteswap.bgp.wire.Keepalive;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.Notification;
import io.siteswap.bgp.wire.Open;
import io.siteswap.bgp.wire.RouteRefresh;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.WireError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The finite state machine of one connection (RFC 4271 section 8.2.2), one function per state.
 *
 * <p>
 * Beside it: strict BFD, send hold (RFC 9687), graceful restart (RFC 4724, RFC 8538).
 *
 * <p>
 * Differences, all common among implementations: a failed attempt leads to Active rather than
 * Idle, so that the neighbour's connection is welcome while we wait; DelayOpen is not used; after
 * an error the session starts again by itself when IDLE_HOLD expires.
 */
public final class SessionFsm {

    /** Until the neighbour's OPEN is there (RFC 4271 section 8.2.2, "a large value"). */
    static final Duration OPEN_HOLD = Duration.ofMinutes(4);

    /** How long BFD may take to come up in strict mode; the draft proposes the same. */
    static final Duration BFD_HOLD = Duration.ofSeconds(30);

    private final SessionConfig config;
    private final Terms terms;

    public SessionFsm(SessionConfig config) {
        this(config, Terms.INITIAL);
    }

    private SessionFsm(SessionConfig config, Terms terms) {
        this.config = config;
        this.terms = terms;
    }

    SessionFsm under(Terms other) {
        return other.equals(terms) ? this : new SessionFsm(config, other);
    }

    public Step step(State state, Event event) {
        return switch (state) {
            case Idle idle -> idle(idle, event);
            case Connect connect -> connect(connect, event);
            case Active active -> active(active, event);
            case OpenSent sent -> openSent(sent, event);
            case AwaitingBfd awaiting -> awaitingBfd(awaiting, event);
            case OpenConfirm confirm -> openConfirm(confirm, event);
            case Established established -> established(established, event);
        };
    }

    private Step idle(Idle state, Event event) {
        return switch (event) {
            case Start _ -> start();
            case Expired(TimerKind timer) when timer == TimerKind.IDLE_HOLD -> start();
            case Stop _,Leave _ -> Step.of(state, new Disarm(TimerKind.IDLE_HOLD));
            case Accepted _,Expired _,Opened _,Lost _,Received _,Malformed _,Dumped _,Blocked _,Drained _,BfdUp _,BfdDown _ ->
                Step.stay(state);
        };
    }

    private Step start() {
        if (config.passive()) {
            return Step.of(new Active(), new Disarm(TimerKind.IDLE_HOLD));
        }
        return Step.of(new Connect(), new Disarm(TimerKind.IDLE_HOLD), retryTimer(),
                new Effect.Connect());
    }

    private Step connect(Connect state, Event event) {
        return switch (event) {
            case Opened _ -> Step.of(new OpenSent(Direction.OUTGOING),
                    new Disarm(TimerKind.CONNECT_RETRY), new Send(OwnOpen.of(config, terms)),
                    new Arm(TimerKind.HOLD, OPEN_HOLD));
            case Accepted _ -> Step.of(new OpenSent(Direction.INCOMING), new Disconnect(),
                    new Disarm(TimerKind.CONNECT_RETRY), new Adopt(),
                    new Send(OwnOpen.of(config, terms)),
                    new Arm(TimerKind.HOLD, OPEN_HOLD));
            case Lost(String reason) -> Step.of(new Active(), new Failed(reason));
            case Expired(TimerKind timer) when timer == TimerKind.CONNECT_RETRY -> Step.of(state,
                    new Disconnect(), new Failed("The neighbour does not answer."),
                    retryTimer(), new Effect.Connect());
            case Stop _,Leave _,Dumped _ -> Step.of(new Idle(),
                    new Disarm(TimerKind.CONNECT_RETRY), new Disconnect());
            case Start _,Expired _,Received _,Malformed _,Blocked _,Drained _,BfdUp _,BfdDown _ ->
                Step.stay(state);
        };
    }

    private Step active(Active state, Event event) {
        return switch (event) {
            case Accepted _ -> Step.of(new OpenSent(Direction.INCOMING),
                    new Disarm(TimerKind.CONNECT_RETRY), new Adopt(),
                    new Send(OwnOpen.of(config, terms)),
                    new Arm(TimerKind.HOLD, OPEN_HOLD));
            case Expired(TimerKind timer) when timer == TimerKind.CONNECT_RETRY -> start();
            case Stop _,Leave _,Dumped _ -> Step.of(new Idle(),
                    new Disarm(TimerKind.CONNECT_RETRY));
            case Start _,Expired _,Opened _,Lost _,Received _,Malformed _,Blocked _,Drained _,BfdUp _,BfdDown _ ->
                Step.stay(state);
        };
    }

    private Step openSent(OpenSent state, Event event) {
        return switch (event) {
            case Received(Message message) -> openSentReceived(state, message);
            case Lost(String reason) -> lostInOpenSent(reason);
            case Expired(TimerKind timer) when timer == TimerKind.HOLD -> end(holdExpired(),
                    "The neighbour sent no OPEN.");
            case Malformed(WireError error) -> end(error.toNotification(), error.reason());
            case Stop(Notification farewell) -> stopped(farewell);
            case Leave _ -> stopped(reset());
            case Dumped _ -> stopped(collision());
            case Start _,Expired _,Opened _,Accepted _,Blocked _,Drained _,BfdUp _,BfdDown _ ->
                Step.stay(state);
        };
    }

    private Step lostInOpenSent(String reason) {
        Effect failed = new Failed(
                "The connection was lost before the neighbour's OPEN: " + reason);
        return config.passive()
                ? Step.of(new Active(), new Disarm(TimerKind.HOLD), new Disconnect(), failed)
                : Step.of(new Active(), new Disarm(TimerKind.HOLD), new Disconnect(),
                        retryTimer(), failed);
    }

    private Step openSentReceived(OpenSent state, Message message) {
        return switch (message) {
            case Open open -> {
                Optional<WireError> wrong = OpenCheck.check(config, open);
                if (wrong.isPresent()) {
                    yield end(wrong.get().toNotification(), wrong.get().reason());
                }
                Negotiated negotiated = Negotiated.of(config, terms, open);
                yield negotiated.bfdStrict() && !terms.bfdUp()
                        ? Step.of(new AwaitingBfd(state.direction(), negotiated, false),
                                new Arm(TimerKind.HOLD, BFD_HOLD))
                        : confirm(new OpenConfirm(state.direction(), negotiated));
            }
            case Notification notification -> ended(notification);
            case Keepalive _,Update _,RouteRefresh _ -> end(
                    Notification.of(Notification.FSM, 1), "The neighbour sent no OPEN first.");
        };
    }

    /** Our KEEPALIVE says that their OPEN is good. */
    private static Step confirm(OpenConfirm next) {
        List<Effect> effects = new ArrayList<>(List.of(new Send(new Keepalive())));
        effects.addAll(keepaliveTimers(next.negotiated()));
        return new Step(next, effects);
    }

    private Step awaitingBfd(AwaitingBfd state, Event event) {
        return switch (event) {
            case BfdUp _ -> {
                Step confirmed = confirm(new OpenConfirm(state.direction(), state.negotiated()));
                if (!state.heard()) {
                    yield confirmed;
                }
                List<Effect> effects = new ArrayList<>(confirmed.effects());
                effects.add(new Up(state.negotiated()));
                yield new Step(new Established(state.negotiated()), effects);
            }
            case Received(Message message) -> switch (message) {
                case Keepalive _ -> Step.stay(new AwaitingBfd(state.direction(),
                        state.negotiated(), true));
                case Notification notification -> ended(notification);
                case Open _,Update _,RouteRefresh _ -> end(
                        Notification.of(Notification.FSM, 2),
                        "The neighbour did not wait for BFD.");
            };
            case Expired(TimerKind timer) when timer == TimerKind.HOLD -> end(
                    Notification.of(Notification.CEASE, Notification.CEASE_BFD_DOWN),
                    "BFD did not come up, and both want it first.");
            case Lost(String reason) -> end(config.reconnect(), Optional.empty(),
                    new Failed("The connection was lost: " + reason));
            case Malformed(WireError error) -> end(error.toNotification(), error.reason());
            case Stop(Notification farewell) -> stopped(farewell);
            case Leave _ -> stopped(reset());
            case Dumped _ -> stopped(collision());
            case Start _,Expired _,Opened _,Accepted _,Blocked _,Drained _,BfdDown _ ->
                Step.stay(state);
        };
    }

    private Step openConfirm(OpenConfirm state, Event event) {
        return switch (event) {
            case Received(Message message) -> switch (message) {
                case Keepalive _ -> {
                    List<Effect> effects = new ArrayList<>(holdTimer(state.negotiated()));
                    effects.add(new Up(state.negotiated()));
                    yield new Step(new Established(state.negotiated()), effects);
                }
                case Notification notification -> ended(notification);
                case Open _,Update _,RouteRefresh _ -> end(
                        Notification.of(Notification.FSM, 2),
                        "The neighbour sent no KEEPALIVE after its OPEN.");
            };
            case Expired(TimerKind timer) when timer == TimerKind.HOLD -> end(holdExpired(),
                    "The neighbour was silent for the hold time.");
            case Expired(TimerKind timer) when timer == TimerKind.KEEPALIVE -> keepalive(state,
                    state.negotiated());
            case Lost(String reason) -> end(config.reconnect(), Optional.empty(),
                    new Failed("The connection was lost: " + reason));
            case Malformed(WireError error) -> end(error.toNotification(), error.reason());
            case Stop(Notification farewell) -> stopped(farewell);
            case Leave _ -> stopped(reset());
            case Dumped _ -> stopped(collision());
            case Start _,Expired _,Opened _,Accepted _,Blocked _,Drained _,BfdUp _,BfdDown _ ->
                Step.stay(state);
        };
    }

    private Step established(Established state, Event event) {
        return switch (event) {
            case Received(Message message) -> establishedReceived(state, message);
            case Expired(TimerKind timer) when timer == TimerKind.HOLD -> down(state,
                    holdExpired(), "The neighbour was silent for the hold time.");
            case Expired(TimerKind timer) when timer == TimerKind.KEEPALIVE -> keepalive(state,
                    state.negotiated());
            case Expired(TimerKind timer) when timer == TimerKind.SEND_HOLD -> down(state,
                    Notification.of(Notification.SEND_HOLD_TIMER, 0),
                    "The neighbour read nothing for the send hold time of "
                            + config.sendHold(state.negotiated()).toSeconds() + " s.");
            case Lost(String reason) -> end(config.reconnect(), Optional.empty(),
                    new Down("The connection was lost: " + reason,
                            state.negotiated().retention()));
            case Malformed(WireError error) -> down(state, error.toNotification(),
                    error.reason());
            case Stop(Notification farewell) -> stopped(hard(state, farewell),
                    new Down("Stopped here.", Optional.empty()));
            case Leave _ -> left(state);
            case Dumped _ -> stopped(collision(),
                    new Down("The other connection won.", Optional.empty()));
            case Blocked _ -> Step.of(state,
                    new Arm(TimerKind.SEND_HOLD, config.sendHold(state.negotiated())));
            case Drained _ -> Step.of(state, new Disarm(TimerKind.SEND_HOLD));
            // The path is broken, not the neighbour's process: nothing is worth keeping.
            case BfdDown(String reason, boolean _) -> end(config.connectRetry(),
                    Optional.of(hard(state,
                            Notification.of(Notification.CEASE, Notification.CEASE_BFD_DOWN))),
                    new Down("BFD is down: " + reason, Optional.empty()));
            case Start _,Expired _,Opened _,Accepted _,BfdUp _ -> Step.stay(state);
        };
    }

    private Step establishedReceived(Established state, Message message) {
        return switch (message) {
            case Keepalive _ -> new Step(state, holdTimer(state.negotiated()));
            case Update update -> withHold(state, new Deliver(update));
            case RouteRefresh refresh -> withHold(state, new Refresh(refresh));
            case Notification notification -> end(config.connectRetry(), Optional.empty(),
                    new Down("The neighbour said: " + notification.describe(),
                            state.negotiated().retention()
                                    .filter(_ -> survives(state, notification))));
            case Open _ -> down(state, Notification.of(Notification.FSM, 3),
                    "The neighbour sent a second OPEN.");
        };
    }

    private static Step withHold(Established state, Effect effect) {
        List<Effect> effects = new ArrayList<>(holdTimer(state.negotiated()));
        effects.add(effect);
        return new Step(state, effects);
    }

    private static Step keepalive(State state, Negotiated negotiated) {
        return Step.of(state, new Send(new Keepalive()),
                new Arm(TimerKind.KEEPALIVE, negotiated.keepalive()));
    }

    private static List<Effect> holdTimer(Negotiated negotiated) {
        return negotiated.hold().isZero()
                ? List.of()
                : List.of(new Arm(TimerKind.HOLD, negotiated.hold()));
    }

    private static List<Effect> keepaliveTimers(Negotiated negotiated) {
        return negotiated.hold().isZero()
                ? List.of(new Disarm(TimerKind.HOLD))
                : List.of(new Arm(TimerKind.HOLD, negotiated.hold()),
                        new Arm(TimerKind.KEEPALIVE, negotiated.keepalive()));
    }

    private Effect retryTimer() {
        return new Arm(TimerKind.CONNECT_RETRY, config.connectRetry());
    }

    private static Notification holdExpired() {
        return Notification.of(Notification.HOLD_TIMER, 0);
    }

    private static Notification reset() {
        return Notification.of(Notification.CEASE, Notification.CEASE_RESET);
    }

    private static Notification collision() {
        return Notification.of(Notification.CEASE, Notification.CEASE_COLLISION);
    }

    /** The neighbour gave up before the session was up. */
    private Step ended(Notification notification) {
        return end(config.connectRetry(), Optional.empty(),
                new Failed("The neighbour said: " + notification.describe()));
    }

    private Step end(Notification notification, String reason) {
        return end(config.connectRetry(), Optional.of(notification), new Failed(reason));
    }

    private Step down(Established state, Notification notification, String reason) {
        return end(config.connectRetry(), Optional.of(notification), new Down(reason,
                state.negotiated().retention().filter(_ -> survives(state, notification))));
    }

    /** RFC 8538 section 4. */
    private static boolean survives(Established state, Notification notification) {
        boolean hard = notification.code() == Notification.CEASE
                && notification.subcode() == Notification.CEASE_HARD_RESET;
        return state.negotiated().survivesNotification() && !hard;
    }

    /** In the form that makes the neighbour keep nothing. */
    private static Notification hard(Established state, Notification farewell) {
        return state.negotiated().survivesNotification() ? farewell.hard() : farewell;
    }

    /** Without a word where routes outlive a lost connection; they would not outlive a word. */
    private static Step left(Established state) {
        Down down = new Down("Restarting here.", Optional.empty());
        return state.negotiated().restart().isPresent()
                ? ended(List.of(), down)
                : ended(List.of(new Send(reset())), down);
    }

    /** To Idle, and again from there after a pause. */
    private Step end(Duration pause, Optional<Notification> notification, Effect last) {
        List<Effect> effects = new ArrayList<>();
        notification.ifPresent(n -> effects.add(new Send(n)));
        effects.addAll(quiet());
        effects.addAll(List.of(last, new Arm(TimerKind.IDLE_HOLD, pause)));
        return new Step(new Idle(), effects);
    }

    private static List<Effect> quiet() {
        return List.of(new Disarm(TimerKind.HOLD), new Disarm(TimerKind.KEEPALIVE),
                new Disarm(TimerKind.SEND_HOLD), new Disconnect());
    }

    /** To Idle, and not again by itself. */
    private static Step stopped(Notification farewell, Effect... last) {
        return ended(List.of(new Send(farewell)), last);
    }

    private static Step ended(List<Effect> first, Effect... last) {
        List<Effect> effects = new ArrayList<>(first);
        effects.addAll(quiet());
        effects.addAll(Arrays.asList(last));
        return new Step(new Idle(), effects);
    }
}
