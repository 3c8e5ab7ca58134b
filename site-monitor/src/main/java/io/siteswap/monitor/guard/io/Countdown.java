package io.siteswap.monitor.guard.io;

import io.siteswap.monitor.guard.GuardState;
import io.siteswap.monitor.host.ResetTimer;
import java.io.IOException;
import java.util.function.Consumer;
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
    private final Consumer<String> alarm;
    private boolean running;
    /** A guard before this one may have left it running, whatever its file says. */
    private boolean unknown = true;
    private String trouble = "";

    Countdown(ResetTimer timer) {
        this(timer, sentence -> LOG.error("guard: {}", sentence));
    }

    /** @param alarm told what is wrong with the timer, once until that changes */
    Countdown(ResetTimer timer, Consumer<String> alarm) {
        this.timer = timer;
        this.alarm = alarm;
    }

    /** Between two looks. */
    long periodNanos() {
        return timer.timeout().dividedBy(10).toNanos();
    }

    /** Before a lease is taken. Without the timer none is. */
    boolean ensured() {
        return running || worked(this::start);
    }

    /** Now and then, and after each step. */
    void look(GuardState state, long now) {
        if (state.idle()) {
            boolean _ = worked(this::stop);
        } else if (state.mayWait(now, timer.timeout().toNanos())) {
            boolean _ = worked(this::feed);
        }
    }

    private void start() throws IOException {
        timer.start();
        running = true;
        unknown = false;
    }

    private void feed() throws IOException {
        if (!running) {
            start();
        }
        timer.feed();
    }

    private void stop() throws IOException {
        if (unknown) {
            // Only who has it open can stop it.
            start();
        }
        if (running) {
            timer.stop();
            running = false;
        }
    }

    @FunctionalInterface
    private interface Call {
        void made() throws IOException;
    }

    private boolean worked(Call call) {
        try {
            call.made();
            trouble = "";
            return true;
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            if (!why.equals(trouble)) {
                trouble = why;
                alarm.accept(why + ": until it can be used no lease is taken and nothing is"
                        + " activated here.");
            }
            return false;
        }
    }
}
