package io.siteswap.monitor.app;

import io.siteswap.monitor.failover.Effect;
import io.siteswap.monitor.failover.Event;
import io.siteswap.monitor.failover.Node;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * The one thread that owns the {@link Node}: events in, effects out. Everything else in the daemon
 * only brings events here or carries effects away.
 */
final class EventLoop implements AutoCloseable {

    /** A lease is looked at this often; small against the fence bound. */
    private static final long TICK_MILLIS = 50;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("monitor").factory());
    private final BiConsumer<Effect, Long> world;
    private final Consumer<Node> guard;
    private final Consumer<RuntimeException> broken;
    private volatile Node node;

    /**
     * @param world carries an effect out without blocking; told when it was wanted, in ns
     * @param guard shown each new state before its effects are carried out
     * @param broken the logic failed: a bug
     */
    EventLoop(Node node, BiConsumer<Effect, Long> world, Consumer<Node> guard,
            Consumer<RuntimeException> broken) {
        this.node = node;
        this.world = world;
        this.guard = guard;
        this.broken = broken;
    }

    void start() {
        var _ = thread.scheduleAtFixedRate(() -> handle(Event.Tick::new), 0, TICK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    Node node() {
        return node;
    }

    /** From any thread; the event is made when its turn comes, with the time of then. */
    void offer(LongFunction<Event> event) {
        try {
            thread.execute(() -> handle(event));
        } catch (RejectedExecutionException e) {
            // Closed: nobody waits for what happens now.
            Thread.onSpinWait();
        }
    }

    private void handle(LongFunction<Event> event) {
        try {
            long now = System.nanoTime();
            Node.Stepped stepped = node.step(event.apply(now));
            node = stepped.next();
            guard.accept(node);
            List<Effect> effects = stepped.effects();
            for (Effect effect : effects) {
                world.accept(effect, now);
            }
        } catch (RuntimeException e) {
            broken.accept(e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
