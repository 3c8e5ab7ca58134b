package io.siteswap.bgp.bfd;

import io.siteswap.bgp.bfd.Event.DetectionExpired;
import io.siteswap.bgp.bfd.Event.Disabled;
import io.siteswap.bgp.bfd.Event.Enabled;
import io.siteswap.bgp.bfd.Event.Received;
import io.siteswap.bgp.bfd.Event.Reconfigured;
import java.util.ArrayList;
import java.util.List;

/**
 * The state machine (RFC 5880 sections 6.2 and 6.8), asynchronous mode, active role. Differences:
 * no echo, no authentication, we never ask for demand mode, and timers are polled for only while
 * up: before that the slow ones hold on both sides anyway.
 */
public final class SessionFsm {

    private SessionFsm() {
    }

    public static Step step(Session session, Event event) {
        return switch (event) {
            case Received(ControlPacket packet) -> received(session, packet);
            case DetectionExpired _ -> silent(session);
            case Reconfigured(BfdOptions options) -> changed(session, session.with(options),
                    List.of());
            case Enabled _ -> session.state() == BfdState.ADMIN_DOWN
                    ? changed(session, session.forgotten().to(BfdState.DOWN, Diagnostic.NONE),
                            List.of())
                    : Step.stay(session);
            case Disabled _ -> session.state() == BfdState.ADMIN_DOWN
                    ? Step.stay(session)
                    : changed(session,
                            session.to(BfdState.ADMIN_DOWN, Diagnostic.ADMINISTRATIVELY_DOWN),
                            List.of(new Effect.Undetect()));
        };
    }

    private static Step received(Session session, ControlPacket packet) {
        Session heard = session.heard(packet);
        return switch (session.state()) {
            // Remembered, but not answered and not a sign of life.
            case ADMIN_DOWN -> Step.stay(heard);
            case DOWN -> alive(session, down(heard, packet.state()), packet);
            case INIT -> alive(session, init(heard, packet.state()), packet);
            case UP -> alive(session, up(heard, packet.state()), packet);
        };
    }

    private static Step alive(Session session, Session next, ControlPacket packet) {
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Detect(next.detectionMicros()));
        if (packet.poll()) {
            effects.add(new Effect.Send(next.packet().asFinal()));
        }
        return changed(session, next, effects);
    }

    private static Session down(Session session, BfdState theirs) {
        return switch (theirs) {
            case DOWN -> session.to(BfdState.INIT, session.diagnostic());
            case INIT -> session.to(BfdState.UP, Diagnostic.NONE);
            // Up: it has yet to notice that we are down.
            case ADMIN_DOWN, UP -> session;
        };
    }

    private static Session init(Session session, BfdState theirs) {
        return switch (theirs) {
            case ADMIN_DOWN -> session.to(BfdState.DOWN, Diagnostic.NEIGHBOR_SIGNALED_DOWN);
            case DOWN -> session;
            case INIT, UP -> session.to(BfdState.UP, Diagnostic.NONE);
        };
    }

    private static Session up(Session session, BfdState theirs) {
        return switch (theirs) {
            case ADMIN_DOWN, DOWN -> session.to(BfdState.DOWN,
                    Diagnostic.NEIGHBOR_SIGNALED_DOWN);
            case INIT, UP -> session;
        };
    }

    private static Step silent(Session session) {
        Session forgotten = session.forgotten();
        Session next = switch (session.state()) {
            case ADMIN_DOWN, DOWN -> forgotten;
            case INIT, UP -> forgotten.to(BfdState.DOWN, Diagnostic.DETECTION_TIME_EXPIRED);
        };
        return changed(session, next, List.of(new Effect.Undetect()));
    }

    /** What follows from the difference between two sessions, whatever made it. */
    private static Step changed(Session before, Session next, List<Effect> first) {
        List<Effect> effects = new ArrayList<>(first);
        boolean answered = first.stream().anyMatch(Effect.Send.class::isInstance);
        if (!answered && !next.packet().says(before.packet())) {
            effects.add(new Effect.Send(next.packet()));
        }
        if (next.periodic() != before.periodic()
                || next.transmitMicros(0) != before.transmitMicros(0)) {
            effects.add(new Effect.Pace());
        }
        if (next.state() != before.state()) {
            effects.add(new Effect.Report(new Change(before.state(), next.state(),
                    next.diagnostic(), next.remote().state(),
                    next.remote().independent())));
        }
        return new Step(next, List.copyOf(effects));
    }
}
