package io.siteswap.bgp.bfd.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Waits for datagrams, a deadline, or another thread's call, whichever is first. */
final class Poller {

    private static final short POLLIN = 1;
    private static final int NONBLOCK_CLOEXEC = 0x800 | 0x80000;
    private static final long SECOND = 1_000_000_000L;

    private final int wakeFd;
    private final MemorySegment one;
    private final MemorySegment scratch;
    private final MemorySegment timespec;
    private final MemorySegment fds;

    Poller(List<Receiver> receivers, Arena arena) throws Libc.Refused {
        wakeFd = Libc.eventFd(NONBLOCK_CLOEXEC);
        one = arena.allocateFrom(JAVA_LONG, 1);
        scratch = arena.allocate(8, 8);
        timespec = arena.allocate(16, 8);
        fds = arena.allocate(8L * (receivers.size() + 1), 8);
        add(0, wakeFd);
        for (int i = 0; i < receivers.size(); i++) {
            add(i + 1, receivers.get(i).fd());
        }
    }

    private void add(int index, int fd) {
        fds.set(JAVA_INT, 8L * index, fd);
        fds.set(JAVA_SHORT, 8L * index + 4, POLLIN);
    }

    void await(long nanos) {
        long positive = Math.max(0, nanos);
        timespec.set(JAVA_LONG, 0, positive / SECOND);
        timespec.set(JAVA_LONG, 8, positive % SECOND);
        Libc.poll(fds, timespec);
        if (fds.get(JAVA_SHORT, 6) != 0) {
            Libc.read(wakeFd, scratch);
        }
    }

    /** From any thread. */
    void wake() {
        Libc.write(wakeFd, one);
    }

    void close() {
        Libc.close(wakeFd);
    }
}
