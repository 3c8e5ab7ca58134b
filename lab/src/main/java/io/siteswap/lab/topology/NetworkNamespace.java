package io.siteswap.lab.topology;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * Runs a thread of this JVM inside a network namespace, setns(2): sockets it opens belong there.
 * So that one process with one clock can watch every node from the node's own place.
 */
public final class NetworkNamespace {

    private static final int CLONE_NEWNET = 0x40000000;
    private static final MethodHandle OPEN = handle("open",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle SETNS = handle("setns", FunctionDescriptor
            .of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle CLOSE = handle("close",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private NetworkNamespace() {
    }

    /** Starts a platform thread that lives in the namespace bound at {@code namespace}. */
    public static Thread start(Path namespace, String name, Runnable body) {
        var thread = unstarted(namespace, name, body);
        thread.start();
        return thread;
    }

    /** As {@link #start}, for thread factories. */
    public static Thread unstarted(Path namespace, String name, Runnable body) {
        return Thread.ofPlatform().daemon().name(name).unstarted(() -> {
            enter(namespace);
            body.run();
        });
    }

    private static void enter(Path namespace) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(namespace.toString());
            var file = (int) OPEN.invokeExact(path, 0);
            var result = file < 0 ? -1 : (int) SETNS.invokeExact(file, CLONE_NEWNET);
            if (file >= 0) {
                var closed = (int) CLOSE.invokeExact(file);
                assert closed == 0;
            }
            if (result != 0) {
                throw new IOException("cannot enter the network namespace " + namespace
                        + "; is the lab up, and are you root?");
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @SuppressWarnings("restricted") // native access is what this class is for
    private static MethodHandle handle(String name, FunctionDescriptor type,
            Linker.Option... options) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }
}
