package io.siteswap.bgp.session;

import io.siteswap.bgp.wire.BgpRole;
import io.siteswap.bgp.wire.Capability;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Keepalive;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.Notification;
import io.siteswap.bgp.wire.Open;
import io.siteswap.bgp.wire.RouteRefresh;
import io.siteswap.bgp.wire.Update;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
            case State.AwaitingBfd(Direction direction, Negotiated _, boolean heard) ->
                "OpenConfirm " + of(direction) + " awaiting BFD" + (heard ? ", confirmed" : "");
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
                    + negotiated.families() + (negotiated.refresh() ? ", refresh" : "")
                    + more(negotiated);
            case Effect.Down(String reason, Optional<Retention> retention) -> "down: " + reason
                    + retention.map(Words::of).orElse("");
            case Effect.Stale(Set<Family> families) -> "last resort from now on " + families;
            case Effect.Flush(Set<Family> families) -> "flush kept routes " + families;
            case Effect.Deliver _ -> "deliver";
            case Effect.Refresh _ -> "refresh";
            case Effect.Failed(String reason) -> "failed: " + reason;
        };
    }

    private static String more(Negotiated negotiated) {
        StringBuilder words = new StringBuilder();
        words.append(negotiated.enhancedRefresh() ? ", marked refresh" : "");
        words.append(negotiated.context().extendedMessages() ? ", long messages" : "");
        words.append(negotiated.context().addPathReceive().isEmpty() ? "" : ", add-path");
        words.append(negotiated.context().extendedNextHop().isEmpty() ? "" : ", IPv6 next hops");
        negotiated.role().ifPresent(role -> words.append(", we are ").append(role));
        negotiated.restart().ifPresent(restart -> words.append(", restart ")
                .append(of(restart.time())).append(restart.restarting() ? " R" : "")
                .append(restart.notification() ? " N" : "").append(" F")
                .append(restart.forwarding()));
        return words.toString();
    }

    private static String of(Retention retention) {
        return " - keeps routes for " + of(retention.restartTime()) + " "
                + retention.longLived().entrySet().stream()
                        .map(e -> e.getKey()
                                + (e.getValue().isZero() ? "" : " +" + of(e.getValue())))
                        .toList();
    }

    /** What is said beside families, refresh and AS number. */
    private static String offered(Open open) {
        String words = open.capabilities().stream().map(capability -> switch (capability) {
            case Capability.MultiProtocol _,Capability.Refresh _,Capability.FourOctetAs _,Capability.EnhancedRefresh _,Capability.ExtendedMessage _,Capability.Unknown _ ->
                "";
            case Capability.GracefulRestart restart -> " restart " + restart.restartSeconds()
                    + "s" + (restart.restarting() ? " R" : "")
                    + (restart.notification() ? " N" : "");
            case Capability.LongLivedRestart _ -> " long-lived";
            case Capability.Role role -> " role " + role.role().map(BgpRole::name).orElse("?");
            case Capability.ExtendedNextHop _ -> " IPv6-next-hops";
            case Capability.AddPath _ -> " add-path";
            case Capability.BfdStrict _ -> " strict-BFD";
        }).collect(Collectors.joining());
        return open.capabilities().isEmpty() ? " without capabilities" : words;
    }

    private static String of(Message message) {
        return switch (message) {
            case Open open -> "OPEN AS " + open.as() + " hold " + open.holdSeconds() + "s"
                    + offered(open);
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
