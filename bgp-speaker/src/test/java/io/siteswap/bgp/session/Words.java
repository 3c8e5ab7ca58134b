package io.siteswap.bgp.session;

import io.siteswap.bgp.wire.Keepalive;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.Notification;
import io.siteswap.bgp.wire.Open;
import io.siteswap.bgp.wire.RouteRefresh;
import io.siteswap.bgp.wire.Update;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** States and effects as the stories write them. */
final class Words {

    private Words() {
    }

    static String of(State state) {
        return switch (state) {
            case State.OpenSent(Direction direction) -> "OpenSent " + of(direction);
            case State.OpenConfirm(Direction direction, Negotiated negotiated) -> "OpenConfirm "
                    + of(direction) + " hold " + of(negotiated.hold());
            case State.Established(Negotiated negotiated) -> "Established hold "
                    + of(negotiated.hold());
            case State.Idle _,State.Connect _,State.Active _ -> state.name();
        };
    }

    private static String of(Direction direction) {
        return switch (direction) {
            case OUTGOING -> "outgoing";
            case INCOMING -> "incoming";
        };
    }

    static String of(Effect effect) {
        return switch (effect) {
            case Effect.Connect _ -> "connect";
            case Effect.Adopt _ -> "adopt";
            case Effect.Send(Message message) -> "send " + of(message);
            case Effect.Disconnect _ -> "disconnect";
            case Effect.Arm(TimerKind timer, Duration after) -> "arm " + timer + " " + of(after);
            case Effect.Disarm(TimerKind timer) -> "disarm " + timer;
            case Effect.Up(Negotiated negotiated) -> "up: hold " + of(negotiated.hold())
                    + ", keepalive " + of(negotiated.keepalive()) + ", "
                    + (negotiated.context().fourOctetAs() ? "4" : "2") + "-octet AS, "
                    + negotiated.families() + (negotiated.refresh() ? ", refresh" : "");
            case Effect.Down(String reason) -> "down: " + reason;
            case Effect.Deliver _ -> "deliver";
            case Effect.Refresh _ -> "refresh";
            case Effect.Failed(String reason) -> "failed: " + reason;
        };
    }

    private static String of(Message message) {
        return switch (message) {
            case Open open -> "OPEN AS " + open.as() + " hold " + open.holdSeconds() + "s";
            case Keepalive _ -> "KEEPALIVE";
            case Notification notification -> "NOTIFICATION " + notification.describe();
            case Update _ -> "UPDATE";
            case RouteRefresh _ -> "ROUTE-REFRESH";
        };
    }

    private static String of(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + "s"
                : duration.toMillis() + "ms";
    }

    static String all(List<Effect> effects) {
        return effects.stream().map(Words::of).collect(Collectors.joining("; "));
    }
}
