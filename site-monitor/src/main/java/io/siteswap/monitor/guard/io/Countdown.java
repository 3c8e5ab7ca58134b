package io.siteswap.monitor.guard.io;

import io.siteswap.monitor.guard.GuardState;
import io.siteswap.monitor.host.ResetTimer;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the machine's reset timer while something may be active here: should guard and monitor both
 * stand still, or no fence succeed, the machine is reset before the fence bound is over. Used by the
 * guard's one thread, so that a guard that is stuck does not feed.
 */
final class Countdown {

    private static final Logger LOG = LoggerFactory.getLogger(Countdown.class);

    private final ResetTimer timer;
    private boolean running;
    /** A guard before this one may have left it running, whatever its file says. */
    private boolean unknown = true;
    private String trouble = "";

    Countdown(ResetTimer timer) {
        this.timer = timer;
    }

    /** Between two looks. */
    long periodNanos() {
        return timer.timeout().dividedBy(10).toNanos();
    }

    /** Before a lease is taken. Without the timer none is. */
    boolean ensured() {
        if (running) {
            return true;
        }
        try {
            timer.start();
            running = true;
            unknown = false;
            news("");
        } catch (IOException e) {
            news(e.getMessage() + ": no lease is taken, nothing is activated here.");
        }
        return running;
    }

    /** Now and then, and after each step. */
    void look(GuardState state, long now) {
        try {
            if (state.idle()) {
                stop();
            } else if (state.mayWait(now, timer.timeout().toNanos())) {
                if (!running) {
                    timer.start();
                    running = true;
                    unknown = false;
                }
                timer.feed();
            }
        } catch (IOException e) {
            news("the watchdog is not fed: " + e.getMessage());
        }
    }

    private void stop() throws IOException {
        if (unknown) {
            // Only who has it open can stop it.
            timer.start();
            running = true;
        }
        if (running) {
            timer.stop();
        }
        running = false;
        unknown = false;
    }

    private void news(String what) {
        if (!what.equals(trouble)) {
            trouble = what;
            if (!what.isEmpty()) {
                LOG.error("guard: {}", what);
            }
        }
    }
}
