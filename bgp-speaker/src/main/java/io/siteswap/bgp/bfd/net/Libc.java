package io.siteswap.bgp.bfd.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The few Linux calls that BFD needs and the JDK does not offer: the TTL and the time of receipt
 * of a datagram, and waiting with a precision below a millisecond. Calls allocate nothing.
 */
@SuppressWarnings("restricted")
final class Libc {

    static final int EADDRINUSE = 98;
    static final int EAFNOSUPPORT = 97;

    private static final int EADDRNOTAVAIL = 99;
    private static final int CLOCK_REALTIME = 0;
    private static final Linker LINKER = Linker.nativeLinker();

    private static final MethodHandle SOCKET = handle("socket", JAVA_INT, JAVA_INT, JAVA_INT,
            JAVA_INT);
    private static final MethodHandle BIND = handle("bind", JAVA_INT, JAVA_INT, ADDRESS,
            JAVA_INT);
    private static final MethodHandle SETSOCKOPT = handle("setsockopt", JAVA_INT, JAVA_INT,
            JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SENDTO = handle("sendto", JAVA_LONG, JAVA_INT, ADDRESS,
            JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RECVMSG = handle("recvmsg", JAVA_LONG, JAVA_INT, ADDRESS,
            JAVA_INT);
    private static final MethodHandle PPOLL = handle("ppoll", JAVA_INT, ADDRESS, JAVA_LONG,
            ADDRESS, ADDRESS);
    private static final MethodHandle EVENTFD = handle("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle READ = handle("read", JAVA_LONG, JAVA_INT, ADDRESS,
            JAVA_LONG);
    private static final MethodHandle WRITE = handle("write", JAVA_LONG, JAVA_INT, ADDRESS,
            JAVA_LONG);
    private static final MethodHandle CLOSE = handle("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOCK_GETTIME = handle("clock_gettime", JAVA_INT, JAVA_INT,
            ADDRESS);
    private static final MethodHandle SETPRIORITY = handle("setpriority", JAVA_INT, JAVA_INT,
            JAVA_INT, JAVA_INT);

    /** Read right after a failed call by the same thread. */
    private static final ThreadLocal<MemorySegment> ERRNO = ThreadLocal.withInitial(
            () -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

    private Libc() {
    }

    private static MethodHandle handle(String name, MemoryLayout result,
            MemoryLayout... arguments) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    private static int errno() {
        return ERRNO.get().get(JAVA_INT, 0);
    }

    /** What the kernel refused, as a sentence. */
    static final class Refused extends IOException {

        private static final long serialVersionUID = 1;

        private final int errno;

        Refused(String what, int errno) {
            super(what + " (" + words(errno) + ")");
            this.errno = errno;
        }

        int errno() {
            return errno;
        }

        private static String words(int errno) {
            return switch (errno) {
                case 1, 13 -> "not permitted";
                case EADDRINUSE -> "the port is in use, perhaps by another BFD daemon";
                case EADDRNOTAVAIL -> "this machine does not have that address";
                case EAFNOSUPPORT -> "this machine does not have that address family";
                default -> "errno " + errno;
            };
        }
    }

    static int socket(int family, int type) throws Refused {
        try {
            return checked("No socket", (int) SOCKET.invokeExact(ERRNO.get(), family, type, 0));
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    static int bind(int fd, MemorySegment address, String what) throws Refused {
        try {
            return checked("BFD cannot use " + what, (int) BIND.invokeExact(ERRNO.get(), fd,
                    address, (int) address.byteSize()));
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    static void option(int fd, int level, int name, int value) throws Refused {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocateFrom(JAVA_INT, value);
            int _ = checked("Socket option " + level + "/" + name,
                    (int) SETSOCKOPT.invokeExact(ERRNO.get(), fd, level, name, number, 4));
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    /** True when the kernel took it. */
    static boolean send(int fd, MemorySegment bytes, MemorySegment address) {
        try {
            return (long) SENDTO.invokeExact(ERRNO.get(), fd, bytes, bytes.byteSize(), 0, address,
                    (int) address.byteSize()) >= 0;
        } catch (Throwable e) {
            throw bug(e);
        }
    }

    /** Octets received; negative: nothing waits. */
    static int receive(int fd, MemorySegment message) {
        try {
            return (int) (long) RECVMSG.invokeExact(ERRNO.get(), fd, message, 0);
        } catch (Throwable e) {
            throw bug(e);
        }
    }

    /** Until one of {@code fds} is readable or the time is over; may return early. */
    static void poll(MemorySegment fds, MemorySegment timespec) {
        try {
            int _ = (int) PPOLL.invokeExact(ERRNO.get(), fds, fds.byteSize() / 8, timespec,
                    MemorySegment.NULL);
        } catch (Throwable e) {
            throw bug(e);
        }
    }

    static int eventFd(int flags) throws Refused {
        try {
            return checked("No event descriptor",
                    (int) EVENTFD.invokeExact(ERRNO.get(), 0, flags));
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    static void read(int fd, MemorySegment into) {
        try {
            long _ = (long) READ.invokeExact(ERRNO.get(), fd, into, into.byteSize());
        } catch (Throwable e) {
            throw bug(e);
        }
    }

    static void write(int fd, MemorySegment bytes) {
        try {
            long _ = (long) WRITE.invokeExact(ERRNO.get(), fd, bytes, bytes.byteSize());
        } catch (Throwable e) {
            throw bug(e);
        }
    }

    static void close(int fd) {
        try {
            int _ = (int) CLOSE.invokeExact(ERRNO.get(), fd);
        } catch (Throwable e) {
            throw bug(e);
        }
    }

    /** Nanoseconds since the epoch. */
    static long realTime(MemorySegment timespec) {
        try {
            int _ = (int) CLOCK_GETTIME.invokeExact(ERRNO.get(), CLOCK_REALTIME, timespec);
        } catch (Throwable e) {
            throw bug(e);
        }
        return timespec.get(JAVA_LONG, 0) * 1_000_000_000L + timespec.get(JAVA_LONG, 8);
    }

    /** Of the calling thread; false: not permitted. */
    static boolean nice(int value) {
        try {
            return (int) SETPRIORITY.invokeExact(ERRNO.get(), 0, 0, value) == 0;
        } catch (Throwable e) {
            throw bug(e);
        }
    }

    private static int checked(String what, int result) throws Refused {
        if (result < 0) {
            throw new Refused(what, errno());
        }
        return result;
    }

    private static Refused rethrown(Throwable e) {
        if (e instanceof Refused refused) {
            return refused;
        }
        throw bug(e);
    }

    private static AssertionError bug(Throwable e) {
        return new AssertionError("a system call with wrong arguments", e);
    }
}
