package io.siteswap.bgp.kernel;

import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A socket to the kernel's routing tables; one thread at a time. Linux only. */
public final class NetlinkSocket implements AutoCloseable {

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int NETLINK_ROUTE = 0;
    /** The kernel fills at most this in one datagram of a dump. */
    private static final int BUFFER = 64 * 1024;

    private static final int EPERM = 1;
    private static final int ESRCH = 3;
    private static final int EINVAL = 22;
    private static final int ENETUNREACH = 101;
    private static final int EHOSTUNREACH = 113;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE
            .varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SOCKET = handle("socket", FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT));
    private static final MethodHandle SEND = handle("send", transfer());
    private static final MethodHandle RECEIVE = handle("recv", transfer());
    private static final MethodHandle CLOSE = handle("close",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private final KernelOptions options;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment errors = arena.allocate(STATE);
    private final MemorySegment buffer = arena.allocate(BUFFER);
    private final int file;
    private int sequence;

    private NetlinkSocket(KernelOptions options) throws IOException {
        this.options = options;
        this.file = call(() -> (int) SOCKET.invokeExact(errors, AF_NETLINK, SOCK_RAW_CLOEXEC,
                NETLINK_ROUTE), "open a socket to the kernel's routing table");
    }

    /** @throws IOException with one sentence, e.g. on a system that is not Linux */
    public static NetlinkSocket open(KernelOptions options) throws IOException {
        return new NetlinkSocket(options);
    }

    /** Empty when done, else one sentence that says why the kernel refused. */
    public Optional<String> put(KernelRoute route) throws IOException {
        int errno = acknowledged(Netlink.put(route, options, ++sequence));
        return errno == 0
                ? Optional.empty()
                : Optional.of("The kernel refuses a route to " + route.prefix() + " over "
                        + route.gateway() + ": " + reason(errno) + ".");
    }

    /** As {@link #put}; a route that is not there is as good as removed. */
    public Optional<String> remove(Prefix prefix) throws IOException {
        int errno = acknowledged(Netlink.remove(prefix, options, ++sequence));
        return errno == 0 || errno == ESRCH
                ? Optional.empty()
                : Optional.of("The kernel keeps the route to " + prefix + ": " + reason(errno)
                        + ".");
    }

    /** The routes of our table that we, or a former run, installed. */
    public List<KernelRoute> ours() throws IOException {
        List<KernelRoute> ours = new ArrayList<>();
        for (Family family : Family.values()) {
            send(Netlink.list(family, ++sequence));
            boolean more = true;
            while (more) {
                more = collect(Netlink.answers(receive()), ours);
            }
        }
        return ours;
    }

    /** @return whether the dump goes on */
    private boolean collect(List<Netlink.Answer> answers, List<KernelRoute> ours)
            throws IOException {
        for (Netlink.Answer answer : answers) {
            switch (answer) {
                case Netlink.Answer.Listed(KernelRoute route, int protocol, int table) -> {
                    if (protocol == Netlink.PROTOCOL && table == options.table()) {
                        ours.add(route);
                    }
                }
                case Netlink.Answer.End _ -> {
                    return false;
                }
                case Netlink.Answer.Ack(int errno) -> throw new IOException(
                        "Cannot read the kernel's routing table: " + reason(errno) + ".");
                case Netlink.Answer.Other _ -> {
                    // not about routes
                }
            }
        }
        return true;
    }

    private int acknowledged(ByteBuffer request) throws IOException {
        send(request);
        while (true) {
            for (Netlink.Answer answer : Netlink.answers(receive())) {
                if (answer instanceof Netlink.Answer.Ack(int errno)) {
                    return errno;
                }
            }
        }
    }

    private static String reason(int errno) {
        return switch (errno) {
            case EPERM -> "this process may not change routes (it needs CAP_NET_ADMIN)";
            case ENETUNREACH, EHOSTUNREACH -> "the next hop is not on a connected network";
            case EINVAL -> "it takes no such next hop";
            default -> "error " + errno;
        };
    }

    private void send(ByteBuffer request) throws IOException {
        long length = request.remaining();
        MemorySegment.copy(MemorySegment.ofBuffer(request), 0, buffer, 0, length);
        int _ = call(() -> (int) (long) SEND.invokeExact(errors, file, buffer, length, 0),
                "write to the kernel's routing table");
    }

    private ByteBuffer receive() throws IOException {
        int length = call(
                () -> (int) (long) RECEIVE.invokeExact(errors, file, buffer, (long) BUFFER, 0),
                "read from the kernel's routing table");
        return buffer.asSlice(0, length).asByteBuffer();
    }

    private interface Native {
        int call() throws Throwable;
    }

    private int call(Native function, String what) throws IOException {
        try {
            int result = function.call();
            if (result < 0) {
                throw new IOException("Cannot " + what + ": error " + (int) ERRNO.get(errors, 0L)
                        + ".");
            }
            return result;
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("Cannot " + what + ".", e);
        }
    }

    private static FunctionDescriptor transfer() {
        return FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
    }

    @SuppressWarnings("restricted") // native access is what this class is for
    private static MethodHandle handle(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type,
                Linker.Option.captureCallState("errno"));
    }

    @Override
    public void close() throws IOException {
        int _ = call(() -> (int) CLOSE.invokeExact(errors, file), "close a socket");
        arena.close();
    }
}
