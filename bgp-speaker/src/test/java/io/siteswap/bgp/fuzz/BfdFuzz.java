package io.siteswap.bgp.fuzz;

import static io.siteswap.bgp.fuzz.MessageFuzz.expect;

import io.siteswap.bgp.bfd.BfdOptions;
import io.siteswap.bgp.bfd.BfdState;
import io.siteswap.bgp.bfd.Change;
import io.siteswap.bgp.bfd.ControlPacket;
import io.siteswap.bgp.bfd.Effect;
import io.siteswap.bgp.bfd.Event;
import io.siteswap.bgp.bfd.Reception;
import io.siteswap.bgp.bfd.Session;
import io.siteswap.bgp.bfd.SessionFsm;
import io.siteswap.bgp.bfd.Step;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A BFD session out of octets: each is a step, and a step that is a datagram is followed by the
 * datagram's octets.
 *
 * <p>
 * Invariants: nothing throws; what is sent can be received and says what the session is; intervals
 * are never negative; a change of state is reported, once, and nothing else is.
 */
public final class BfdFuzz {

    private static final int MAX_STEPS = 400;
    /** Longer than any packet without authentication. */
    private static final int DATAGRAM = 32;

    private final ByteBuffer in;
    private Session session;

    private BfdFuzz(byte[] data) {
        in = ByteBuffer.wrap(data);
        session = Session.of(7, options(octet()));
    }

    public static void fuzzerTestOneInput(byte[] data) {
        BfdFuzz fuzz = new BfdFuzz(data);
        for (int steps = 0; fuzz.in.hasRemaining() && steps < MAX_STEPS; steps++) {
            fuzz.outside(fuzz.octet());
        }
    }

    private int octet() {
        return in.hasRemaining() ? in.get() & 0xFF : 0;
    }

    private static BfdOptions options(int bits) {
        return new BfdOptions(Duration.ofMillis(1 + (bits & 0x0F) * 100L),
                Duration.ofMillis(1 + (bits >> 4) * 100L), 1 + bits % 5, (bits & 1) != 0);
    }

    private void outside(int choice) {
        switch (choice & 7) {
            case 0 -> step(new Event.DetectionExpired());
            case 1 -> step(new Event.Reconfigured(options(octet())));
            case 2 -> step(new Event.Enabled());
            case 3 -> step(new Event.Disabled());
            default -> datagram(choice >> 3);
        }
    }

    private void datagram(int length) {
        byte[] bytes = new byte[Math.min(Math.min(length, DATAGRAM), in.remaining())];
        in.get(bytes);
        ByteBuffer whole = ByteBuffer.wrap(bytes);
        Reception reception = ControlPacket.decode(whole);
        expect(whole.position() == 0, "decoding leaves the datagram as it was");
        if (reception instanceof Reception.Accepted(ControlPacket packet)) {
            same(packet);
            step(new Event.Received(packet));
        }
    }

    private static void same(ControlPacket packet) {
        ByteBuffer out = ByteBuffer.allocate(ControlPacket.LENGTH);
        packet.encode(out);
        expect(ControlPacket.decode(out.flip()).equals(new Reception.Accepted(packet)),
                "what was decoded is encoded to the same");
    }

    private void step(Event event) {
        BfdState before = session.state();
        Step step = SessionFsm.step(session, event);
        session = step.next();
        List<Change> changes = new ArrayList<>();
        for (Effect effect : step.effects()) {
            switch (effect) {
                case Effect.Send(ControlPacket packet) -> same(packet);
                case Effect.Detect(long micros) -> expect(micros > 0, "silence takes time");
                case Effect.Report(Change change) -> changes.add(change);
                case Effect.Undetect _,Effect.Pace _ -> {
                    // timers are not part of this
                }
            }
        }
        expect(changes.size() == (before == session.state() ? 0 : 1),
                "a change of state is reported, once");
        same(session.packet());
        for (int jitter = 0; jitter <= Session.MAX_JITTER; jitter += Session.MAX_JITTER) {
            expect(session.transmitMicros(jitter) > 0, "sending takes time");
        }
        expect(session.detectionMicros() >= 0, "silence is not negative");
    }
}
