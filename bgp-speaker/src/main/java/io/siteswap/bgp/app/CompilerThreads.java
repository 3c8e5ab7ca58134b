package io.siteswap.bgp.app;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of the JVM that compile. On a machine with few processors they get in the way of the
 * event loop just when something new happens, for a time slice of some milliseconds each time.
 */
public final class CompilerThreads {

    private static final Logger LOG = LoggerFactory.getLogger(CompilerThreads.class);

    private static final Path TASKS = Path.of("/proc/self/task");
    /** As Linux names them: 15 characters of {@code C2 CompilerThread0}. */
    private static final String NAME = "C[12] CompilerThre";
    /** So much nicer than the rest: a tenth of a processor when others want all of it. */
    private static final int NICER = 10;
    private static final int NICEST = 19;
    /** Of the text after the name in /proc/PID/task/TID/stat; see proc_pid_stat(5). */
    private static final int NICE_FIELD = 16;

    private CompilerThreads() {
    }

    /** Lets others go first from here on; later ones inherit it. Without Linux: nothing. */
    public static void stepBack() {
        if (!Files.isDirectory(TASKS)) {
            return;
        }
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                if (Files.readString(task.resolve("comm")).strip().matches(NAME)) {
                    renice(task);
                }
            }
        } catch (IOException e) {
            LOG.debug("The compiler's threads keep their priority: {}", e.toString());
        }
    }

    private static void renice(Path task) throws IOException {
        int thread = Integer.parseInt(task.getFileName().toString());
        int value = Math.min(nice(task) + NICER, NICEST);
        if (setPriority(thread, value) != 0) {
            throw new IOException("no priority for thread " + thread);
        }
    }

    /** In force now, -20 to 19. */
    static int nice(Path task) throws IOException {
        String stat = Files.readString(task.resolve("stat"));
        return Integer
                .parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE_FIELD]);
    }

    @SuppressWarnings("restricted")
    private static int setPriority(int thread, int value) {
        Linker linker = Linker.nativeLinker();
        MethodHandle call = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setpriority"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        try {
            return (int) call.invokeExact(0, thread, value);
        } catch (Throwable e) {
            throw new AssertionError("setpriority takes three numbers", e);
        }
    }
}
