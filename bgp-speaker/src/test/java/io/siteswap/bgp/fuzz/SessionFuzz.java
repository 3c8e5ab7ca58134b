package io.siteswap.bgp.fuzz;

import static io.siteswap.bgp.fuzz.MessageFuzz.expect;

import io.siteswap.bgp.rib.Source;
import io.siteswap.bgp.session.Effect;
import io.siteswap.bgp.session.Event;
import io.siteswap.bgp.session.Negotiated;
import io.siteswap.bgp.session.Peering;
import io.siteswap.bgp.session.Peering.LaneEffect;
import io.siteswap.bgp.session.Peering.PeeringStep;
import io.siteswap.bgp.session.RestartOptions;
import io.siteswap.bgp.session.Retention;
import io.siteswap.bgp.session.SessionConfig;
import io.siteswap.bgp.session.SessionFsm;
import io.siteswap.bgp.session.SessionOptions;
import io.siteswap.bgp.session.TimerKind;
import io.siteswap.bgp.speaker.Ladder;
import io.siteswap.bgp.speaker.Output;
import io.siteswap.bgp.speaker.Peer;
import io.siteswap.bgp.speaker.Speaker;
import io.siteswap.bgp.speaker.Stance;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.BgpRole;
import io.siteswap.bgp.wire.Capability;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.Keepalive;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.MessageDecoder;
import io.siteswap.bgp.wire.MessageEncoder;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.Notification;
import io.siteswap.bgp.wire.Open;
import io.siteswap.bgp.wire.Origin;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.RouteRefresh;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.WireError;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A whole session out of octets: each is a step of the outside world - events in any order, timers,
 * messages right and wrong - and some are followed by their arguments. State machine, decoder and
 * tables run as they do behind a socket.
 *
 * <p>
 * Invariants: nothing throws; what is sent can be written; routes arrive only while the session is
 * up; a session that is down and retains nothing leaves the tables empty.
 */
public final class SessionFuzz {

    /** Enough to get anywhere; more only costs time. */
    private static final int MAX_STEPS = 400;
    private static final int BATCH = 1 << 16;
    private static final String NAME = "neighbour";
    private static final long OWN_AS = 64500;
    private static final long THEIR_AS = 64501;
    private static final Address THEIR_ADDRESS = Address.parse("198.51.100.1");
    private static final List<TimerKind> TIMERS = List.of(TimerKind.values());
    private static final Prefix OWN_PREFIX = Prefix.parse("203.0.113.0/24");

    private final ByteBuffer in;
    private final SessionConfig config;
    private final SessionFsm fsm;
    private final Speaker speaker = new Speaker(OWN_AS, Ladder.standard(),
            Map.of(OWN_PREFIX, new Stance("normal", 0),
                    Prefix.parse("2001:db8::/48"), new Stance("backup", 0)));
    private final Map<Integer, Context> contexts = new HashMap<>();
    private Peering peering = Peering.idle();
    private Optional<Negotiated> up = Optional.empty();

    private SessionFuzz(byte[] data) {
        this.in = ByteBuffer.wrap(data);
        int bits = octet();
        SessionOptions options = SessionOptions.DEFAULTS
                .withExtendedMessages((bits & 1) != 0)
                .withEnhancedRefresh((bits & 2) != 0)
                .withAddPathReceive((bits & 4) != 0 ? Set.of(Family.values()) : Set.of())
                .withExtendedNextHop((bits & 8) != 0).withBfdStrict((bits & 16) != 0);
        if ((bits & 32) != 0) {
            options = options.withGracefulRestart(RestartOptions.DEFAULTS
                    .withLongLived(Duration.ofHours(1)));
        }
        if ((bits & 64) != 0) {
            options = options.withRole(BgpRole.PEER, false);
        }
        this.config = new SessionConfig(OWN_AS, THEIR_AS, Address.parse("198.18.0.1"),
                Duration.ofSeconds(9), Duration.ofSeconds(5), Duration.ofSeconds(1),
                (bits & 128) != 0, List.of(Family.values()), options, (bits & 1) != 0);
        this.fsm = new SessionFsm(config);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        SessionFuzz fuzz = new SessionFuzz(data);
        for (int steps = 0; fuzz.in.hasRemaining() && steps < MAX_STEPS; steps++) {
            fuzz.outside(fuzz.octet());
        }
        fuzz.run(fuzz.peering.broadcast(fuzz.fsm, fuzz.config,
                new Event.Stop(Notification.cease(Notification.CEASE_SHUTDOWN, "over"))));
        expect(fuzz.up.isEmpty(), "stopped means down");
    }

    private int octet() {
        return in.hasRemaining() ? in.get() & 0xFF : 0;
    }

    private void outside(int choice) {
        int lane = choice >> 7;
        switch (choice & 0x0F) {
            case 0 -> all(new Event.Start());
            case 1 -> one(lane, new Event.Opened());
            case 2 -> run(peering.accepted(fsm));
            case 3 -> one(lane, new Event.Lost("gone"));
            case 4 -> timer(lane, octet());
            case 5 -> message(lane, open(octet()));
            case 6 -> message(lane, new Keepalive());
            case 7 -> message(lane, update(octet()));
            case 8 -> raw(lane, octet(), octet());
            case 9 -> all((choice & 0x40) != 0
                    ? new Event.BfdUp()
                    : new Event.BfdDown("silent", (choice & 0x20) != 0));
            case 10 -> one(lane, (choice & 0x40) != 0
                    ? new Event.Blocked()
                    : new Event.Drained());
            case 11 -> message(lane, new RouteRefresh(1 + (choice >> 6 & 1), octet() % 4, 1));
            case 12 -> message(lane, Notification.of(octet() % 9, octet() % 12));
            case 13 -> stance(octet());
            case 14 -> all((choice & 0x40) != 0
                    ? new Event.Leave()
                    : new Event.Stop(Notification.of(Notification.CEASE, 2)));
            default -> one(lane, new Event.Dumped());
        }
        invariants();
    }

    private void all(Event event) {
        run(peering.broadcast(fsm, config, event));
    }

    private void one(int lane, Event event) {
        run(peering.step(fsm, config, lane, event));
    }

    private void timer(int lane, int choice) {
        TimerKind timer = TIMERS.get((choice & 0x7F) % TIMERS.size());
        one(choice >= 128 ? Peering.WHOLE : lane, new Event.Expired(timer));
    }

    /** Right in itself; whether it fits the moment is another matter. */
    private static Open open(int bits) {
        List<Capability> capabilities = new ArrayList<>();
        if ((bits & 1) == 0) {
            capabilities.add(new Capability.MultiProtocol(1, 1));
            capabilities.add(new Capability.MultiProtocol(2, 1));
            capabilities.add(new Capability.Refresh());
        }
        if ((bits & 2) == 0) {
            capabilities.add(new Capability.FourOctetAs(THEIR_AS));
        }
        if ((bits & 4) != 0) {
            capabilities.add(new Capability.GracefulRestart((bits & 8) != 0, (bits & 16) != 0,
                    120, List.of(new Capability.GracefulRestart.Kept(1, 1, true),
                            new Capability.GracefulRestart.Kept(2, 1, false))));
            capabilities.add(new Capability.LongLivedRestart(
                    List.of(new Capability.LongLivedRestart.Stale(1, 1, true, 3600))));
        }
        if ((bits & 32) != 0) {
            capabilities.add(new Capability.AddPath(
                    List.of(new Capability.AddPath.Paths(1, 1, true, true))));
            capabilities.add(Capability.ExtendedNextHop.ipv4OverIpv6());
            capabilities.add(new Capability.ExtendedMessage());
            capabilities.add(new Capability.EnhancedRefresh());
        }
        if ((bits & 64) != 0) {
            capabilities.add(Capability.Role.of(BgpRole.PEER));
            capabilities.add(new Capability.BfdStrict());
        }
        return Open.of(THEIR_AS, (bits & 128) != 0 ? 0 : 9, Address.parse("198.18.0.2"),
                capabilities);
    }

    private static Update update(int bits) {
        if ((bits & 0xE0) == 0) {
            return Update.endOfRib((bits & 1) == 0 ? Family.IPV4_UNICAST : Family.IPV6_UNICAST);
        }
        Prefix prefix = new Prefix(Address.v4(0xC6330000 | bits << 8), 24);
        if ((bits & 0xC0) == 0x40) {
            return new Update(List.of(prefix), Attributes.NONE, List.of());
        }
        return new Update(List.of(), Attributes.of(new Origin(Origin.Source.IGP),
                AsPath.of(List.of(THEIR_AS, (long) bits)), new NextHop(THEIR_ADDRESS)),
                List.of(prefix));
    }

    /** As bytes, because that is how it comes. */
    private void message(int lane, Message message) {
        Context context = context(lane);
        ByteBuffer bytes = MessageEncoder.encode(message, context);
        if (Frame.next(bytes, context) instanceof Frame.Complete frame) {
            received(lane, frame, context);
        }
    }

    private void raw(int lane, int type, int length) {
        byte[] body = new byte[Math.min(length, in.remaining())];
        in.get(body);
        ByteBuffer bytes = ByteBuffer.allocate(Frame.HEADER + body.length).putLong(-1)
                .putLong(-1).putShort((short) (Frame.HEADER + body.length))
                .put((byte) (1 + type % 6)).put(body).flip();
        Context context = context(lane);
        switch (Frame.next(bytes, context)) {
            case Frame.Complete frame -> received(lane, frame, context);
            case Frame.Broken(WireError error) -> one(lane, new Event.Malformed(error));
            case Frame.Incomplete _ -> throw new IllegalStateException("it is complete");
        }
    }

    private Context context(int lane) {
        return contexts.getOrDefault(lane, Context.INITIAL);
    }

    private void received(int lane, Frame.Complete frame, Context context) {
        switch (MessageDecoder.decode(frame, context)) {
            case Decoded.Ok(Message message, List<WireError> _) -> one(lane,
                    new Event.Received(message));
            case Decoded.Broken(WireError error) -> one(lane, new Event.Malformed(error));
        }
    }

    private void stance(int bits) {
        List<String> rungs = List.copyOf(Ladder.standard().rungs().keySet());
        sent(speaker.stances(Map.of(OWN_PREFIX, new Stance(rungs.get(bits % rungs.size()), 1))));
        batch();
    }

    private void batch() {
        sent(speaker.batch(BATCH, BATCH));
    }

    private void sent(List<Output> outputs) {
        for (Output output : outputs) {
            if (output instanceof Output.Send send) {
                expect(up.isPresent(), "nothing is sent to a neighbour that is down");
                ByteBuffer bytes = send.messages().duplicate();
                Context ours = up.orElseThrow().context();
                Context context = ours.withAddPath(ours.addPathSend(), Set.of());
                while (bytes.hasRemaining()) {
                    expect(Frame.next(bytes, context) instanceof Frame.Complete frame
                            && readable(frame, context), "what we send can be read");
                }
            }
        }
    }

    private static boolean readable(Frame.Complete frame, Context context) {
        if (MessageDecoder.decode(frame, context) instanceof Decoded.Broken(WireError error)) {
            throw new IllegalStateException("What we send cannot be read: " + error);
        }
        return true;
    }

    private void run(PeeringStep step) {
        peering = step.next();
        for (LaneEffect laned : step.effects()) {
            run(laned.lane(), laned.effect());
        }
        batch();
    }

    private void run(int lane, Effect effect) {
        switch (effect) {
            case Effect.Send(Message message) -> MessageEncoder.encode(message, context(lane));
            case Effect.Up(Negotiated negotiated) -> up(lane, negotiated);
            case Effect.Down(String _, Optional<Retention> retention) -> down(retention);
            case Effect.Deliver(Update update) -> {
                expect(up.isPresent(), "routes arrive only while the session is up");
                speaker.received(NAME, update);
            }
            case Effect.Refresh(RouteRefresh request) -> {
                expect(up.isPresent(), "refreshes arrive only while the session is up");
                request.family().ifPresent(family -> refresh(request, family));
            }
            case Effect.Stale(Set<Family> families) -> families
                    .forEach(family -> speaker.longLived(NAME, family));
            case Effect.Flush(Set<Family> families) -> families
                    .forEach(family -> speaker.flush(NAME, family));
            case Effect.Disconnect _ -> contexts.remove(lane);
            case Effect.Connect _,Effect.Adopt _,Effect.Arm _,Effect.Disarm _,Effect.Failed _ -> {
                // sockets, timers and log lines are not part of this
            }
        }
    }

    private void refresh(RouteRefresh request, Family family) {
        switch (request.subtype()) {
            case RouteRefresh.REQUEST -> sent(speaker.refresh(NAME, family));
            case RouteRefresh.BEGIN -> speaker.refreshBegin(NAME, family);
            case RouteRefresh.END -> speaker.refreshEnd(NAME, family);
            default -> {
                // to be ignored
            }
        }
    }

    private void up(int lane, Negotiated negotiated) {
        expect(up.isEmpty(), "up only once");
        up = Optional.of(negotiated);
        contexts.put(lane, negotiated.context());
        Source source = new Source(NAME, THEIR_AS, true, negotiated.peerId(), THEIR_ADDRESS);
        sent(speaker.up(new Peer(source, negotiated.context(), negotiated.families(),
                List.of(Address.parse("198.51.100.2"), Address.parse("2001:db8::2")))));
    }

    private void down(Optional<Retention> retention) {
        expect(up.isPresent(), "down only after up");
        up = Optional.empty();
        if (retention.isPresent()) {
            speaker.down(NAME, retention.get().families());
        } else {
            speaker.down(NAME);
            expect(speaker.rib().size(NAME) == 0, "nothing retained, nothing left");
        }
    }

    private void invariants() {
        expect(peering.established().isPresent() == up.isPresent(),
                "established means up, and the other way round");
    }
}
