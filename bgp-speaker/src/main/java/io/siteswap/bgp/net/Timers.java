package io.siteswap.bgp.net;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.siteswap.bgp.session.TimerKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The timers of one lane. The hold timer is armed again by every message, so arming only moves a
 * deadline; the task that is already scheduled looks at it when it runs.
 */
final class Timers {

    private final EventLoop loop;
    private final Consumer<TimerKind> expired;
    private final Map<TimerKind, Armed> armed = new EnumMap<>(TimerKind.class);

    private static final class Armed {
        private long deadline;
        private long scheduledFor;
        private Optional<Future<?>> task = Optional.empty();
    }

    Timers(EventLoop loop, Consumer<TimerKind> expired) {
        this.loop = loop;
        this.expired = expired;
    }

    void arm(TimerKind kind, Duration after) {
        Armed timer = armed.computeIfAbsent(kind, _ -> new Armed());
        timer.deadline = System.nanoTime() + after.toNanos();
        if (timer.task.isPresent() && timer.scheduledFor - timer.deadline > 0) {
            timer.task.get().cancel(false);
            timer.task = Optional.empty();
        }
        if (timer.task.isEmpty()) {
            schedule(kind, timer);
        }
    }

    void disarm(TimerKind kind) {
        Optional.ofNullable(armed.remove(kind)).flatMap(timer -> timer.task)
                .ifPresent(task -> task.cancel(false));
    }

    void disarmAll() {
        for (TimerKind kind : TimerKind.values()) {
            disarm(kind);
        }
    }

    private void schedule(TimerKind kind, Armed timer) {
        timer.scheduledFor = timer.deadline;
        timer.task = Optional.of(loop.schedule(() -> run(kind, timer),
                Math.max(0, timer.deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
    }

    private void run(TimerKind kind, Armed timer) {
        timer.task = Optional.empty();
        if (timer.deadline - System.nanoTime() > 0) {
            schedule(kind, timer);
        } else {
            armed.remove(kind);
            expired.accept(kind);
        }
    }
}
