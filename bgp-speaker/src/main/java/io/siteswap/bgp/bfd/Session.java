package io.siteswap.bgp.bfd;

import java.time.Duration;

/**
 * The variables of one session (RFC 5880 section 6.8.1); intervals in microseconds. All of them
 * exist in every state, so the state is one of them rather than a record of its own.
 *
 * <p>
 * Periodic packets change nothing, so they are no event: {@link #packet} says what goes out,
 * {@link #transmitMicros} when the next one does.
 *
 * @param discriminator ours: unique here, never 0
 * @param sendEvery our part of the transmit interval in force
 * @param expectEvery our part of the detection time in force
 * @param poll a Poll Sequence runs: every periodic packet asks for an answer
 */
public record Session(int discriminator, BfdOptions options, BfdState state,
        Diagnostic diagnostic, Remote remote, long sendEvery, long expectEvery, boolean poll) {

    /** Nobody sends faster than this before the session is up (RFC 5880 section 6.8.3). */
    static final Duration SLOW = Duration.ofSeconds(1);

    /** The largest jitter, in thousandths of the interval (RFC 5880 section 6.8.7). */
    public static final int MAX_JITTER = 250;

    /** With a multiplier of 1, at least this: the next packet must not be late. */
    private static final int MIN_JITTER_OF_ONE = 100;

    /** Down, nothing heard yet. */
    public static Session of(int discriminator, BfdOptions options) {
        return new Session(discriminator, options, BfdState.DOWN, Diagnostic.NONE,
                Remote.UNKNOWN, Math.max(micros(options.transmit()), micros(SLOW)),
                micros(options.receive()), false);
    }

    /** What we advertise; never below a second unless up. */
    public long desiredTransmit() {
        long wanted = micros(options.transmit());
        return state == BfdState.UP ? wanted : Math.max(wanted, micros(SLOW));
    }

    public long requiredReceive() {
        return micros(options.receive());
    }

    /** The packet to send now. */
    public ControlPacket packet() {
        return new ControlPacket(state, diagnostic, poll, false, false, false,
                options.multiplier(), discriminator, remote.discriminator(), desiredTransmit(),
                requiredReceive(), 0);
    }

    /** False: the neighbour wants no periodic packets (RFC 5880 section 6.8.7). */
    public boolean periodic() {
        boolean demanded = remote.demand() && state == BfdState.UP
                && remote.state() == BfdState.UP && !poll;
        return remote.requiredReceive() != 0 && !demanded;
    }

    /** @param jitter 0 to {@link #MAX_JITTER}, drawn anew for every packet */
    public long transmitMicros(int jitter) {
        int less = options.multiplier() == 1
                ? MIN_JITTER_OF_ONE + jitter * (MAX_JITTER - MIN_JITTER_OF_ONE) / MAX_JITTER
                : jitter;
        long interval = Math.max(sendEvery, remote.requiredReceive());
        return interval - interval * less / 1000;
    }

    /** The neighbour may be silent for so long (section 6.8.4); 0: nothing heard yet. */
    public long detectionMicros() {
        return remote.multiplier() * Math.max(expectEvery, remote.desiredTransmit());
    }

    static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    Session heard(ControlPacket packet) {
        boolean answered = poll && packet.last();
        return new Session(discriminator, options, state, diagnostic, Remote.of(packet),
                answered ? desiredTransmit() : sendEvery,
                answered ? requiredReceive() : expectEvery, poll && !answered);
    }

    Session forgotten() {
        return new Session(discriminator, options, state, diagnostic, remote.forgotten(),
                sendEvery, expectEvery, poll);
    }

    /** Another state may mean other timers. */
    Session to(BfdState next, Diagnostic why) {
        return new Session(discriminator, options, next, why, remote, sendEvery, expectEvery,
                poll && next == BfdState.UP).timed(desiredTransmit(), requiredReceive());
    }

    Session with(BfdOptions other) {
        return new Session(discriminator, other, state, diagnostic, remote, sendEvery,
                expectEvery, poll).timed(desiredTransmit(), requiredReceive());
    }

    /**
     * Changed timers are polled for. While up, slower sending and a shorter detection time wait
     * for the answer, so that neither side misses packets meanwhile (section 6.8.3).
     */
    private Session timed(long transmitBefore, long receiveBefore) {
        if (desiredTransmit() == transmitBefore && requiredReceive() == receiveBefore) {
            return this;
        }
        boolean up = state == BfdState.UP;
        return new Session(discriminator, options, state, diagnostic, remote,
                up ? Math.min(sendEvery, desiredTransmit()) : desiredTransmit(),
                up ? Math.max(expectEvery, requiredReceive()) : requiredReceive(), up);
    }
}
