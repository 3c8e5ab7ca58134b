package io.siteswap.bgp.bfd;

import java.util.List;
import java.util.stream.Collectors;

/** Sessions, packets and effects as the stories write them. */
final class Words {

    private Words() {
    }

    static String of(ControlPacket packet) {
        return packet.state() + (packet.poll() ? " P" : "") + (packet.last() ? " F" : "")
                + (packet.independent() ? " C" : "") + (packet.demand() ? " D" : "") + " my "
                + Integer.toHexString(packet.myDiscriminator()) + " your "
                + Integer.toHexString(packet.yourDiscriminator()) + " tx "
                + millis(packet.desiredTransmit()) + " rx " + millis(packet.requiredReceive())
                + (packet.requiredEcho() == 0 ? "" : " echo " + millis(packet.requiredEcho()))
                + " x" + packet.multiplier()
                + (packet.diagnostic() == Diagnostic.NONE ? "" : " (" + packet.diagnostic() + ")");
    }

    static String of(Session session) {
        String sends = session.periodic()
                ? "sends every " + millis(session.transmitMicros(Session.MAX_JITTER)) + " to "
                        + millis(session.transmitMicros(0))
                : "sends nothing";
        return session.state() + ", " + sends + ", detects "
                + (session.detectionMicros() == 0 ? "nothing" : millis(session.detectionMicros()))
                + (session.poll() ? ", polls" : "");
    }

    static String of(Effect effect) {
        return switch (effect) {
            case Effect.Send(ControlPacket packet) -> "send " + of(packet);
            case Effect.Detect(long micros) -> "detect " + millis(micros);
            case Effect.Undetect _ -> "undetect";
            case Effect.Pace _ -> "pace";
            case Effect.Report(Change change) -> "report " + change.before() + " to "
                    + change.state() + ", " + change.diagnostic()
                    + (change.pathFailed() ? ": path failed" : "")
                    + (change.pathFailed() && change.independent() ? " for certain" : "");
        };
    }

    static String all(List<Effect> effects) {
        return effects.stream().map(Words::of).collect(Collectors.joining("; "));
    }

    static String millis(long micros) {
        return micros % 1000 == 0 ? micros / 1000 + "ms" : micros + "us";
    }
}
