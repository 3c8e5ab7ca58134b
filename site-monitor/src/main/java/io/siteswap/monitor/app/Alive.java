package io.siteswap.monitor.app;

import io.siteswap.monitor.host.ServiceManager;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the service manager, if one wants to know, that a daemon is up and not stuck. */
final class Alive {

    private static final Logger LOG = LoggerFactory.getLogger(Alive.class);
    /** Of its patience. */
    private static final int PART = 3;

    private static final AtomicBoolean DEAF = new AtomicBoolean();

    private Alive() {
    }

    /**
     * Start-up is over.
     *
     * @param turn runs something on the one thread that must not be stuck: it speaks for the process
     */
    static void says(Consumer<Runnable> turn) {
        Optional<ServiceManager> found = ServiceManager.of(System.getenv(),
                ProcessHandle.current().pid());
        found.ifPresent(manager -> {
            said(manager::ready);
            manager.patience().ifPresent(patience -> Thread.ofVirtual().name("alive")
                    .start(() -> goOn(manager, patience.dividedBy(PART), turn)));
        });
    }

    private static void goOn(ServiceManager manager, Duration period, Consumer<Runnable> turn) {
        try {
            while (true) {
                turn.accept(() -> said(manager::alive));
                Thread.sleep(period);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    private interface Word {
        void said() throws IOException;
    }

    /** Called again and again: what is wrong is news once. */
    private static void said(Word word) {
        try {
            word.said();
            DEAF.set(false);
        } catch (IOException e) {
            if (!DEAF.getAndSet(true)) {
                LOG.warn("the service manager cannot be told that this process is alive, and may"
                        + " end it: {} (is process 1 stuck?)", e.getMessage());
            }
        }
    }
}
