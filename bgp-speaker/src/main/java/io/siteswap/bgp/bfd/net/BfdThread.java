package io.siteswap.bgp.bfd.net;

import io.siteswap.bgp.bfd.BfdOptions;
import io.siteswap.bgp.bfd.ControlPacket;
import io.siteswap.bgp.bfd.Reception;
import io.siteswap.bgp.bfd.Refusal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of all sessions. A turn first reads every datagram that waits and only then
 * looks who was silent, by the kernel's time of receipt: a pause of this process is not taken for
 * silence of the neighbours.
 */
final class BfdThread implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(BfdThread.class);

    /** Between two looks at the datagrams nothing is sent, so their number has an end. */
    private static final int DATAGRAMS_PER_TURN = 1024;
    private static final long IDLE = Duration.ofSeconds(10).toNanos();
    /** Between two warnings of the same kind. */
    private static final long QUIET = Duration.ofMinutes(1).toNanos();
    /** Before ordinary threads when the processors are busy. */
    private static final int NICE = -20;

    private final List<Receiver> receivers;
    private final Poller poller;
    private final MemorySegment timespec;
    private final Sessions sessions;
    private final Lateness lateness;
    private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
    private final Map<Refusal, long[]> refused = new EnumMap<>(Refusal.class);
    private boolean running = true;

    /** Nothing received before this is unread. */
    private long heardUntil = System.nanoTime();
    private long clockOffset;
    private long stalls;
    private long lateWarned = System.nanoTime() - QUIET;
    private long stallWarned = System.nanoTime() - QUIET;

    BfdThread(List<Receiver> receivers, Poller poller, Sessions sessions, Lateness lateness,
            Arena arena) {
        this.receivers = receivers;
        this.poller = poller;
        this.sessions = sessions;
        this.lateness = lateness;
        timespec = arena.allocate(16, 8);
        for (Refusal refusal : Refusal.values()) {
            refused.put(refusal, new long[1]);
        }
    }

    /** Runs soon, on this thread. */
    void execute(Runnable request) {
        requests.add(request);
        poller.wake();
    }

    void stop() {
        execute(() -> running = false);
    }

    @Override
    public void run() {
        if (!Libc.nice(NICE)) {
            LOG.info("BFD runs at ordinary priority: this process may not raise it.");
        }
        long planned = System.nanoTime();
        runRequests();
        while (running) {
            noticeStall(System.nanoTime(), planned);
            heardUntil = receive();
            planned = turn();
            poller.await(planned - System.nanoTime());
            runRequests();
        }
        sessions.closeAll();
    }

    private void runRequests() {
        for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
            request.run();
        }
    }

    /** Sends, and declares silent, whatever is due; returns when the next turn is. */
    private long turn() {
        long now = System.nanoTime();
        long next = now + IDLE;
        for (int i = 0; i < sessions.size(); i++) {
            Watched watched = sessions.at(i);
            if (!watched.transmit(now)) {
                warnLate(watched, now);
            }
            watched.expire(heardUntil);
            next = watched.next(next);
        }
        sessions.forgetGone(now);
        return next;
    }

    /** Everything that waits, up to a bound; returns until when nothing is unread. */
    private long receive() {
        long until = System.nanoTime();
        clockOffset = Libc.realTime(timespec) - until;
        for (int i = 0; i < receivers.size(); i++) {
            long drained = receive(receivers.get(i));
            until = drained - until < 0 ? drained : until;
        }
        return until;
    }

    private long receive(Receiver receiver) {
        long receivedAt = heardUntil;
        for (int i = 0; i < DATAGRAMS_PER_TURN; i++) {
            long before = System.nanoTime();
            if (!receiver.receive()) {
                return before;
            }
            receivedAt = receivedAt(receiver.stamp(), System.nanoTime());
            datagram(receiver, receivedAt);
        }
        return receivedAt;
    }

    /**
     * The kernel's clock is not ours and may be set meanwhile; but what is read now was not there
     * last time.
     */
    private long receivedAt(long stamp, long now) {
        long at = stamp == 0 ? now : stamp - clockOffset;
        return at - now > 0 ? now : at - heardUntil < 0 ? heardUntil : at;
    }

    private void datagram(Receiver receiver, long receivedAt) {
        ByteBuffer in = receiver.bytes();
        if (in.limit() >= ControlPacket.LENGTH) {
            Watched known = sessions.find(in.getInt(8));
            if (known != null && receiver.ttl() >= known.options().minimumTtl()
                    && known.options().multihop() == receiver.multihop()
                    && known.repeated(in, receivedAt)) {
                return;
            }
        }
        switch (ControlPacket.decode(in)) {
            case Reception.Refused(Refusal why) -> count(why);
            case Reception.Accepted(ControlPacket packet) -> packet(receiver, packet, receivedAt);
        }
    }

    /** The rules that need a session (RFC 5880 section 6.8.6, RFC 5881 section 5). */
    private void packet(Receiver receiver, ControlPacket packet, long receivedAt) {
        if (!receiver.multihop() && receiver.ttl() != BfdOptions.DIRECT_TTL) {
            count(Refusal.TTL);
            sessions.of(receiver.source()).ifPresent(Watched::refused);
            return;
        }
        int discriminator = packet.yourDiscriminator();
        Watched watched = discriminator == 0
                ? sessions.of(receiver.source()).orElse(null)
                : sessions.find(discriminator);
        if (watched == null || watched.remote().multihop() != receiver.multihop()) {
            count(discriminator == 0 ? Refusal.UNKNOWN_NEIGHBOR : Refusal.UNKNOWN_DISCRIMINATOR);
        } else if (receiver.ttl() < watched.options().minimumTtl()) {
            count(Refusal.TTL);
            watched.refused();
        } else {
            watched.received(packet, receiver.bytes(), receivedAt);
        }
    }

    private void count(Refusal why) {
        long[] counter = refused.get(why);
        if (counter != null) {
            counter[0]++;
        }
    }

    private void noticeStall(long now, long planned) {
        long lag = now - planned;
        if (lag <= 0 || lag < sessions.shortestDetection()) {
            return;
        }
        stalls++;
        if (now - stallWarned >= QUIET) {
            stallWarned = now;
            LOG.warn("BFD did not run for {} ms; what its neighbours sent meanwhile counts, but "
                    + "they may have taken this speaker for dead.", lag / 1_000_000);
        }
    }

    private void warnLate(Watched watched, long now) {
        if (now - lateWarned >= QUIET) {
            lateWarned = now;
            SessionView view = watched.view();
            LOG.warn("BFD with {}: a packet was {} ms late, at an interval of {} ms. This process "
                    + "cannot honour it reliably; see the JVM flags in docs/bgp-bfd.md or raise "
                    + "the interval.", view.key(), view.latest().toMillis(),
                    view.interval().toMillis());
        }
    }

    /** On this thread. */
    ServiceView view() {
        Map<Refusal, Long> counts = new EnumMap<>(Refusal.class);
        refused.forEach((why, count) -> {
            if (count[0] > 0) {
                counts.put(why, count[0]);
            }
        });
        return new ServiceView(counts, lateness.quantile(990), lateness.max(), stalls);
    }
}
