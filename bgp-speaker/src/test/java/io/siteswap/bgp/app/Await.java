package io.siteswap.bgp.app;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what is not announced by an event, with a deadline. */
public final class Await {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private Await() {
    }

    public static void until(String what, Callable<Boolean> condition) {
        value(what, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /** The first value there is. */
    public static <T> T value(String what, Callable<Optional<T>> source) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        Optional<Exception> last = Optional.empty();
        while (System.nanoTime() - deadline < 0) {
            try {
                Optional<T> value = source.call();
                if (value.isPresent()) {
                    return value.get();
                }
            } catch (Exception e) {
                last = Optional.of(e);
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        throw new AssertionError("Not within " + DEADLINE.toSeconds() + " s: " + what,
                last.orElse(null));
    }
}
