package io.siteswap.monitor.app;

import io.siteswap.monitor.failover.Effect;
import io.siteswap.monitor.failover.Event;
import io.siteswap.monitor.failover.Node;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * The one thread that owns the {@link Node}: events in, effects out. Everything else in the daemon
 * only brings events here or carries effects away. It sleeps until something happens or the node
 * wants to look at its clock.
 */
final class EventLoop implements AutoCloseable {

    private final BlockingQueue<LongFunction<Event>> events = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofPlatform().name("monitor").unstarted(this::loop);
    private final BiConsumer<Effect, Long> world;
    private final Consumer<Node> guard;
    private final Consumer<RuntimeException> broken;
    private volatile Node node;
    private volatile boolean closed;

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
        // Not even an Error may leave a monitor that looks alive and counts no lease.
        thread.setUncaughtExceptionHandler(
                (_, e) -> broken.accept(new IllegalStateException("the loop ended", e)));
        thread.start();
    }

    Node node() {
        return node;
    }

    /** From any thread; the event is made when its turn comes, with the time of then. */
    void offer(LongFunction<Event> event) {
        events.add(event);
    }

    private void loop() {
        try {
            while (!closed) {
                LongFunction<Event> event = events.poll(node.wake() - System.nanoTime(),
                        TimeUnit.NANOSECONDS);
                handle(event == null ? Event.Tick::new : event);
            }
        } catch (InterruptedException e) {
            // Closed: nobody waits for what happens now.
            Thread.currentThread().interrupt();
        }
    }

    private void handle(LongFunction<Event> event) {
        try {
            long now = System.nanoTime();
            Node.Stepped stepped = node.step(event.apply(now));
            node = stepped.next();
            guard.accept(node);
            for (Effect effect : stepped.effects()) {
                world.accept(effect, now);
            }
        } catch (RuntimeException e) {
            broken.accept(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
