package io.siteswap.bgp.app;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Linux for short turns of the calling thread. A thread that wakes up and asks for a shorter
 * slice than the one that runs has the processor at once, not at the end of the other's slice, 3 ms
 * later; its share stays what it was, and no privilege is needed. See {@code sched_setattr(2)};
 * since Linux 6.12.
 */
public final class TimeSlice {

    private static final Logger LOG = LoggerFactory.getLogger(TimeSlice.class);

    /** The least there is. */
    private static final long NANOS = 100_000;
    /** {@code struct sched_attr} in its first version. */
    private static final int SIZE = 48;
    private static final long RUNTIME = 24;
    /** Numbers of sched_setattr and sched_getattr; Debian 12's C library has no names for them. */
    private static final Map<String, Calls> CALLS = Map.of("amd64", new Calls(314, 315),
            "aarch64", new Calls(274, 275));

    private record Calls(long set, long get) {
    }

    private TimeSlice() {
    }

    /** Of the calling thread. Where it cannot be had, everything stays as it was. */
    public static void shorten() {
        calls().ifPresent(calls -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment attributes = attributes(arena);
                if (call(calls.get, attributes, SIZE) == 0) {
                    attributes.set(JAVA_LONG, RUNTIME, NANOS);
                    long failed = call(calls.set, attributes, 0);
                    LOG.debug("A short time slice for {}: {}.", Thread.currentThread().getName(),
                            failed == 0 ? "granted" : "refused");
                }
            }
        });
    }

    /** Of the calling thread, in ns; empty or 0 where the kernel does not say. */
    static OptionalLong current() {
        return calls().stream().flatMapToLong(calls -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment attributes = attributes(arena);
                return call(calls.get, attributes, SIZE) == 0
                        ? LongStream.of(attributes.get(JAVA_LONG, RUNTIME))
                        : LongStream.empty();
            }
        }).findFirst();
    }

    private static MemorySegment attributes(Arena arena) {
        MemorySegment attributes = arena.allocate(SIZE, Long.BYTES);
        attributes.set(JAVA_INT, 0, SIZE);
        return attributes;
    }

    private static Optional<Calls> calls() {
        return System.getProperty("os.name").equals("Linux")
                ? Optional.ofNullable(CALLS.get(System.getProperty("os.arch")))
                : Optional.empty();
    }

    /** @param size of what may be written there; setting has its flags in this place */
    @SuppressWarnings("restricted")
    private static long call(long number, MemorySegment attributes, int size) {
        Linker linker = Linker.nativeLinker();
        MethodHandle call = linker.downcallHandle(linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ValueLayout.ADDRESS,
                        JAVA_INT, JAVA_INT),
                Linker.Option.firstVariadicArg(1));
        try {
            return (long) call.invokeExact(number, 0, attributes, size, 0);
        } catch (Throwable e) {
            throw new AssertionError("syscall takes numbers and a pointer", e);
        }
    }
}
