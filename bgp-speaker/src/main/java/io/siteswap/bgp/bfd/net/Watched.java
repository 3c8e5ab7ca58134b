package io.siteswap.bgp.bfd.net;

import io.siteswap.bgp.bfd.BfdOptions;
import io.siteswap.bgp.bfd.BfdState;
import io.siteswap.bgp.bfd.Change;
import io.siteswap.bgp.bfd.ControlPacket;
import io.siteswap.bgp.bfd.Effect;
import io.siteswap.bgp.bfd.Event;
import io.siteswap.bgp.bfd.Session;
import io.siteswap.bgp.bfd.SessionFsm;
import io.siteswap.bgp.bfd.Step;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session with its socket and deadlines; times are those of {@link System#nanoTime}. What
 * repeats in a session that is up allocates nothing: its packet is sent as it lies there, and a
 * packet with the same octets as the last one only moves the detection deadline.
 */
final class Watched {

    private static final Logger LOG = LoggerFactory.getLogger(Watched.class);

    private final String key;
    private final Optional<InetAddress> local;
    private final Endpoint remote;
    private final BfdListener listener;
    private final Sender sender;
    private final RandomGenerator random;
    private final Lateness lateness;
    private Session session;

    private boolean periodic;
    private long transmitDue;
    private boolean detecting;
    private long detectDue;
    private long detectNanos;
    /** Once it said goodbye, when to forget it. */
    private Optional<Long> gone = Optional.empty();

    private boolean repeats;
    private long first;
    private long second;
    private long third;

    private long sent;
    private long received;
    private long refused;
    private long ups;
    private long late;
    private long latest;

    Watched(String key, Optional<InetAddress> local, Endpoint remote, Session session,
            Sender sender, BfdListener listener, RandomGenerator random, Lateness lateness) {
        this.key = key;
        this.local = local;
        this.remote = remote;
        this.session = session;
        this.sender = sender;
        this.listener = listener;
        this.random = random;
        this.lateness = lateness;
        sender.prepare(session.packet());
        periodic = session.periodic();
        transmitDue = System.nanoTime();
    }

    String key() {
        return key;
    }

    Endpoint remote() {
        return remote;
    }

    boolean between(Optional<InetAddress> otherLocal, Endpoint otherRemote) {
        return local.equals(otherLocal) && remote.equals(otherRemote);
    }

    int discriminator() {
        return session.discriminator();
    }

    BfdOptions options() {
        return session.options();
    }

    boolean up() {
        return session.state() == BfdState.UP;
    }

    long detectNanos() {
        return detectNanos;
    }

    /** The same octets as last time, when those changed nothing; then that is all there is to do. */
    boolean repeated(ByteBuffer in, long receivedAt) {
        if (!repeats || in.limit() != ControlPacket.LENGTH || in.getLong(0) != first
                || in.getLong(8) != second || in.getLong(16) != third
                || (detecting && receivedAt - detectDue > 0)) {
            return false;
        }
        received++;
        detectDue = receivedAt + detectNanos;
        return true;
    }

    void received(ControlPacket packet, ByteBuffer in, long receivedAt) {
        received++;
        // It was silent for too long, and only then came this.
        expire(receivedAt);
        boolean plain = step(new Event.Received(packet), receivedAt);
        repeats = plain && in.limit() == ControlPacket.LENGTH;
        first = in.getLong(0);
        second = in.getLong(8);
        third = in.getLong(16);
    }

    void refused() {
        refused++;
    }

    /**
     * Declares the neighbour silent if it was.
     *
     * @param heardUntil everything received before that was looked at
     */
    void expire(long heardUntil) {
        if (detecting && heardUntil - detectDue >= 0) {
            boolean _ = step(new Event.DetectionExpired(), heardUntil);
        }
    }

    /** False: the packet was later than a whole interval. */
    boolean transmit(long now) {
        if (!periodic || now - transmitDue < 0) {
            return true;
        }
        long lag = now - transmitDue;
        long interval = interval();
        sent += sender.sendPeriodic() ? 1 : 0;
        lateness.add(lag);
        latest = Math.max(latest, lag);
        // From deadline to deadline, so that lateness does not add up; but never a burst.
        transmitDue = lag < interval ? transmitDue + interval : now + interval;
        late += lag < interval ? 0 : 1;
        return lag < interval;
    }

    private long interval() {
        return session.transmitMicros(random.nextInt(Session.MAX_JITTER + 1)) * 1000;
    }

    /** The earlier of {@code deadline} and what this session has to do next. */
    long next(long deadline) {
        long next = deadline;
        if (periodic && transmitDue - next < 0) {
            next = transmitDue;
        }
        return detecting && detectDue - next < 0 ? detectDue : next;
    }

    /** @return true: nothing happened but that the neighbour was heard */
    boolean step(Event event, long at) {
        Step step = SessionFsm.step(session, event);
        session = step.next();
        repeats = false;
        periodic = session.periodic();
        sender.prepare(session.packet());
        for (Effect effect : step.effects()) {
            run(effect, at);
        }
        return step.effects().size() == 1 && step.effects().getFirst() instanceof Effect.Detect;
    }

    private void run(Effect effect, long at) {
        switch (effect) {
            case Effect.Send(ControlPacket packet) -> sent += sender.send(packet) ? 1 : 0;
            case Effect.Detect(long micros) -> {
                detecting = true;
                detectNanos = micros * 1000;
                detectDue = at + detectNanos;
            }
            case Effect.Undetect _ -> detecting = false;
            case Effect.Pace _ -> transmitDue = System.nanoTime() + interval();
            case Effect.Report(Change change) -> report(change);
        }
    }

    private void report(Change change) {
        ups += change.state() == BfdState.UP ? 1 : 0;
        try {
            listener.changed(key, change);
        } catch (RuntimeException e) {
            // Its bug must not cost the neighbours their intervals.
            LOG.error("A listener for BFD with {} failed on {}.", key, change, e);
        }
    }

    /** Says AdminDown, and again until the neighbour must have heard it. */
    void leave(long now) {
        boolean _ = step(new Event.Disabled(), now);
        gone = Optional.of(
                now + session.options().multiplier() * session.transmitMicros(0) * 1000);
    }

    boolean leaving() {
        return gone.isPresent();
    }

    boolean gone(long now) {
        return gone.isPresent() && now - gone.get() >= 0;
    }

    void close() {
        sender.close();
    }

    SessionView view() {
        return new SessionView(key, remote.address(), remote.multihop(), session.state(),
                session.diagnostic(), session.remote().state(),
                Duration.ofNanos(session.transmitMicros(0) * 1000),
                Duration.ofNanos(session.detectionMicros() * 1000), sent, received, refused, ups,
                late, Duration.ofNanos(latest));
    }
}
