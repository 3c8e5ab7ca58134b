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
import io.siteswap.bgp.session.Event.Dumped;
import io.siteswap.bgp.session.Event.Expired;
import io.siteswap.bgp.session.Event.Lost;
import io.siteswap.bgp.session.Event.Malformed;
import io.siteswap.bgp.session.Event.Opened;
import io.siteswap.bgp.session.Event.Received;
import io.siteswap.bgp.session.Event.Start;
import io.siteswap.bgp.session.Event.Stop;
import io.siteswap.bgp.session.State.Active;
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
 * Differences, all common among implementations: a failed attempt leads to Active rather than
 * Idle, so that the neighbour's connection is welcome while we wait; DelayOpen is not used; after
 * an error the session starts again by itself when IDLE_HOLD expires.
 */
public final class SessionFsm {

    /** Until the neighbour's OPEN is there (RFC 4271 section 8.2.2, "a large value"). */
    static final Duration OPEN_HOLD = Duration.ofMinutes(4);

    private final SessionConfig config;

    public SessionFsm(SessionConfig config) {
        this.config = config;
    }

    public Step step(State state, Event event) {
        return switch (state) {
            case Idle idle -> idle(idle, event);
            case Connect connect -> connect(connect, event);
            case Active active -> active(active, event);
            case OpenSent sent -> openSent(sent, event);
            case OpenConfirm confirm -> openConfirm(confirm, event);
            case Established established -> established(established, event);
        };
    }

    private Step idle(Idle state, Event event) {
        return switch (event) {
            case Start _ -> start();
            case Expired(TimerKind timer) when timer == TimerKind.IDLE_HOLD -> start();
            case Stop _ -> Step.of(state, new Disarm(TimerKind.IDLE_HOLD));
            case Accepted _,Expired _,Opened _,Lost _,Received _,Malformed _,Dumped _ ->
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
                    new Disarm(TimerKind.CONNECT_RETRY), new Send(config.open()),
                    new Arm(TimerKind.HOLD, OPEN_HOLD));
            case Accepted _ -> Step.of(new OpenSent(Direction.INCOMING), new Disconnect(),
                    new Disarm(TimerKind.CONNECT_RETRY), new Adopt(), new Send(config.open()),
                    new Arm(TimerKind.HOLD, OPEN_HOLD));
            case Lost(String reason) -> Step.of(new Active(), new Failed(reason));
            case Expired(TimerKind timer) when timer == TimerKind.CONNECT_RETRY -> Step.of(state,
                    new Disconnect(), retryTimer(), new Effect.Connect());
            case Stop _,Dumped _ -> Step.of(new Idle(), new Disarm(TimerKind.CONNECT_RETRY),
                    new Disconnect());
            case Start _,Expired _,Received _,Malformed _ -> Step.stay(state);
        };
    }

    private Step active(Active state, Event event) {
        return switch (event) {
            case Accepted _ -> Step.of(new OpenSent(Direction.INCOMING),
                    new Disarm(TimerKind.CONNECT_RETRY), new Adopt(), new Send(config.open()),
                    new Arm(TimerKind.HOLD, OPEN_HOLD));
            case Expired(TimerKind timer) when timer == TimerKind.CONNECT_RETRY -> start();
            case Stop _,Dumped _ -> Step.of(new Idle(), new Disarm(TimerKind.CONNECT_RETRY));
            case Start _,Expired _,Opened _,Lost _,Received _,Malformed _ ->
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
            case Stop(Notification farewell) -> stop(farewell);
            case Dumped _ -> stop(collision());
            case Start _,Expired _,Opened _,Accepted _ -> Step.stay(state);
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
                Negotiated negotiated = Negotiated.of(config, open);
                List<Effect> effects = new ArrayList<>(List.of(new Send(new Keepalive())));
                effects.addAll(keepaliveTimers(negotiated));
                yield new Step(new OpenConfirm(state.direction(), negotiated), effects);
            }
            case Notification notification -> ended(notification);
            case Keepalive _,Update _,RouteRefresh _ -> end(
                    Notification.of(Notification.FSM, 1), "The neighbour sent no OPEN first.");
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
            case Stop(Notification farewell) -> stop(farewell);
            case Dumped _ -> stop(collision());
            case Start _,Expired _,Opened _,Accepted _ -> Step.stay(state);
        };
    }

    private Step established(Established state, Event event) {
        return switch (event) {
            case Received(Message message) -> establishedReceived(state, message);
            case Expired(TimerKind timer) when timer == TimerKind.HOLD -> down(holdExpired(),
                    "The neighbour was silent for the hold time.");
            case Expired(TimerKind timer) when timer == TimerKind.KEEPALIVE -> keepalive(state,
                    state.negotiated());
            case Lost(String reason) -> end(config.reconnect(), Optional.empty(),
                    new Down("The connection was lost: " + reason));
            case Malformed(WireError error) -> down(error.toNotification(), error.reason());
            case Stop(Notification farewell) -> stopped(farewell, new Down("Stopped here."));
            case Dumped _ -> stopped(collision(), new Down("The other connection won."));
            case Start _,Expired _,Opened _,Accepted _ -> Step.stay(state);
        };
    }

    private Step establishedReceived(Established state, Message message) {
        return switch (message) {
            case Keepalive _ -> new Step(state, holdTimer(state.negotiated()));
            case Update update -> withHold(state, new Deliver(update));
            case RouteRefresh refresh -> withHold(state, new Refresh(refresh));
            case Notification notification -> end(config.connectRetry(), Optional.empty(),
                    new Down("The neighbour said: " + notification.describe()));
            case Open _ -> down(Notification.of(Notification.FSM, 3),
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

    private Step down(Notification notification, String reason) {
        return end(config.connectRetry(), Optional.of(notification), new Down(reason));
    }

    /** To Idle, and again from there after a pause. */
    private Step end(Duration pause, Optional<Notification> notification, Effect last) {
        List<Effect> effects = new ArrayList<>();
        notification.ifPresent(n -> effects.add(new Send(n)));
        effects.addAll(List.of(new Disarm(TimerKind.HOLD), new Disarm(TimerKind.KEEPALIVE),
                new Disconnect(), last, new Arm(TimerKind.IDLE_HOLD, pause)));
        return new Step(new Idle(), effects);
    }

    private static Step stop(Notification farewell) {
        return stopped(farewell);
    }

    /** To Idle, and not again by itself. */
    private static Step stopped(Notification farewell, Effect... last) {
        List<Effect> effects = new ArrayList<>(List.of(new Send(farewell),
                new Disarm(TimerKind.HOLD), new Disarm(TimerKind.KEEPALIVE), new Disconnect()));
        effects.addAll(Arrays.asList(last));
        return new Step(new Idle(), effects);
    }
}
