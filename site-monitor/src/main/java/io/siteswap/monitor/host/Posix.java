package io.siteswap.monitor.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The few calls of Linux that this package makes. */
@SuppressWarnings("restricted")
final class Posix {

    private static final int O_WRONLY_CLOEXEC = 0x80001;
    /** {@code MSG_DONTWAIT | MSG_NOSIGNAL}: a receiver that reads nothing must hold up nobody. */
    private static final int AT_ONCE = 0x4040;
    /** {@code open} and {@code ioctl} are variadic after two arguments. */
    private static final int FIXED = 2;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemorySegment STRERROR = LINKER.defaultLookup().findOrThrow("strerror");

    private static final MethodHandle OPEN = handle("open", FIXED, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle IOCTL = handle("ioctl", FIXED, JAVA_INT, JAVA_INT, JAVA_LONG,
            ADDRESS);
    private static final MethodHandle WRITE = handle("write", 3, JAVA_LONG, JAVA_INT, ADDRESS,
            JAVA_LONG);
    private static final MethodHandle CLOSE = handle("close", 1, JAVA_INT, JAVA_INT);
    private static final MethodHandle SOCKET = handle("socket", 3, JAVA_INT, JAVA_INT, JAVA_INT,
            JAVA_INT);
    private static final MethodHandle SENDTO = handle("sendto", 6, JAVA_LONG, JAVA_INT, ADDRESS,
            JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle WORDS = LINKER.downcallHandle(STRERROR,
            FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private Posix() {
    }

    private static MethodHandle handle(String name, int fixed, MemoryLayout result,
            MemoryLayout... arguments) {
        FunctionDescriptor shape = FunctionDescriptor.of(result, arguments);
        MemorySegment function = LINKER.defaultLookup().findOrThrow(name);
        Linker.Option errno = Linker.Option.captureCallState("errno");
        return fixed < arguments.length
                ? LINKER.downcallHandle(function, shape, errno,
                        Linker.Option.firstVariadicArg(fixed))
                : LINKER.downcallHandle(function, shape, errno);
    }

    /** A call that leaves a negative number when the kernel refuses. */
    @FunctionalInterface
    private interface Call {
        long made(MemorySegment errno) throws Throwable;
    }

    private static long checked(Call call) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
            long result = call.made(errno);
            if (result < 0) {
                throw new IOException(words(errno.get(JAVA_INT, 0)));
            }
            return result;
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static String words(int errno) throws Throwable {
        MemorySegment text = (MemorySegment) WORDS.invokeExact(errno);
        return text.reinterpret(Long.MAX_VALUE).getString(0);
    }

    /** A file to write to. */
    static int open(String path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            return (int) checked(errno -> (int) OPEN.invokeExact(errno, name, O_WRONLY_CLOEXEC));
        }
    }

    /** @return what the call left in its argument */
    static int ioctl(int fd, long request, int argument) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocateFrom(JAVA_INT, argument);
            long _ = checked(errno -> (int) IOCTL.invokeExact(errno, fd, request, value));
            return value.get(JAVA_INT, 0);
        }
    }

    /** @return the first {@code int} of the structure that the call fills */
    static int ioctl(int fd, long request, long size) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment structure = arena.allocate(size, Integer.BYTES);
            long _ = checked(errno -> (int) IOCTL.invokeExact(errno, fd, request, structure));
            return structure.get(JAVA_INT, 0);
        }
    }

    static void write(int fd, byte[] bytes) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment all = arena.allocateFrom(JAVA_BYTE, bytes);
            long _ = checked(errno -> (long) WRITE.invokeExact(errno, fd, all,
                    (long) bytes.length));
        }
    }

    static void close(int fd) throws IOException {
        long _ = checked(errno -> (int) CLOSE.invokeExact(errno, fd));
    }

    static int socket(int family, int type) throws IOException {
        return (int) checked(errno -> (int) SOCKET.invokeExact(errno, family, type, 0));
    }

    /**
     * Sends a datagram or fails at once.
     *
     * @param address in the kernel's form
     */
    static void send(int fd, byte[] bytes, byte[] address) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment all = arena.allocateFrom(JAVA_BYTE, bytes);
            MemorySegment to = arena.allocateFrom(JAVA_BYTE,
                    address);
            long _ = checked(errno -> (long) SENDTO.invokeExact(errno, fd, all,
                    (long) bytes.length, AT_ONCE, to, address.length));
        }
    }
}
