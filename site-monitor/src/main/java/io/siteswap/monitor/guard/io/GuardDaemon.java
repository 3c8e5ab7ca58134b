package io.siteswap.monitor.guard.io;

import io.siteswap.monitor.action.Agents;
import io.siteswap.monitor.action.ResourceAgent.ActionFailed;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.HostPort;
import io.siteswap.monitor.guard.BalancerWord;
import io.siteswap.monitor.guard.GuardEffect;
import io.siteswap.monitor.guard.GuardEvent;
import io.siteswap.monitor.guard.GuardState;
import io.siteswap.monitor.guard.GuardState.Bounds;
import io.siteswap.monitor.guard.Hold;
import io.siteswap.monitor.guard.Line;
import io.siteswap.monitor.host.WatchdogDevice;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guard of one node: a small process beside the monitor that fences what the monitor, killed or
 * hung, no longer can. One thread owns the {@link GuardState}; a monitor at a time is listened to, the
 * newest.
 */
public final class GuardDaemon implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GuardDaemon.class);
    /** Keeps what a fence needs loaded and compiled, and says early what a fence could not reach. */
    private static final Duration LOOK = Duration.ofSeconds(10);
    /** A monitor that has not read so many answers is not listening. */
    private static final int UNREAD_ANSWERS = 256;
    private static final Duration DEATH = Duration.ofMillis(20);

    private final Agents agents;
    private final List<String> services;
    private final GuardFile file;
    private final ServerSocketChannel server;
    private final Path socket;
    private final long fenceBound;
    private final Optional<Countdown> countdown;
    private final CountDownLatch over = new CountDownLatch(1);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("guard").factory());
    private volatile GuardState state;
    private Optional<AgentCheck> balancers = Optional.empty();
    private @Nullable Future<?> wake;
    private @Nullable Link link;

    /** A monitor that is connected. */
    private static final class Link {
        private final LineChannel channel;
        private final BlockingQueue<Line> answers = new ArrayBlockingQueue<>(UNREAD_ANSWERS);
        private Optional<ProcessHandle> monitor = Optional.empty();

        Link(LineChannel channel) {
            this.channel = channel;
        }
    }

    private GuardDaemon(ClusterConfig config, String node, GuardFile file) throws IOException {
        this.agents = Agents.of(config, node);
        this.file = file;
        this.fenceBound = config.timing().fenceBound().toNanos();
        String site = config.node(node).site();
        this.services = config.services().values().stream()
                .filter(service -> service.sites().contains(site))
                .map(ClusterConfig.Service::name).toList();
        long lease = config.timing().lease().toNanos();
        long now = System.nanoTime();
        Map<String, Hold> kept = file.read(services, now, lease);
        this.state = GuardState.started(Bounds.of(lease, fenceBound), kept, now);
        this.countdown = config.node(node).watchdog().map(it -> new Countdown(
                new WatchdogDevice(it.device(), it.timeout())));
        this.socket = socket(config, node);
        this.server = listen(socket);
    }

    /** Where the monitor of this node finds its guard. */
    public static Path socket(ClusterConfig config, String node) {
        return config.dataDir().resolve(node).resolve("guard.sock");
    }

    /**
     * Starts, and fences at once what the last guard left that cannot be shown to be leased.
     *
     * @throws IOException with one sentence: another guard runs, the folder cannot be written...
     */
    public static GuardDaemon start(ClusterConfig config, String node) throws IOException {
        GuardFile file = GuardFile.open(config.dataDir().resolve(node));
        try {
            GuardDaemon guard = new GuardDaemon(config, node, file);
            guard.answerBalancers(config.node(node).agentCheck());
            guard.offer(GuardEvent.Tick::new);
            guard.countdown.ifPresent(guard::watch);
            Thread.ofPlatform().daemon().name("guard socket").start(guard::accept);
            Thread.ofPlatform().daemon().name("guard look").start(guard::lookAgainAndAgain);
            return guard;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void answerBalancers(Optional<HostPort> at) throws IOException {
        if (at.isEmpty()) {
            return;
        }
        try {
            // From the state as it is, not on its thread: a disk that hangs keeps nobody waiting.
            balancers = Optional.of(AgentCheck.start(at.get(), services,
                    service -> BalancerWord.of(Optional.ofNullable(state.holds().get(service)),
                            System.nanoTime())));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private static ServerSocketChannel listen(Path socket) throws IOException {
        // We hold the lock: who left it behind is gone.
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            return server;
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen on " + socket + ": " + e.getMessage(), e);
        }
    }

    /** What the guard knows now. */
    public GuardState state() {
        return state;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel channel = server.accept();
                Link next = new Link(new LineChannel(channel));
                Thread.ofVirtual().name("guard reads").start(() -> read(next));
                Thread.ofVirtual().name("guard answers").start(() -> answer(next));
            }
        } catch (IOException e) {
            over.countDown();
        }
    }

    private void read(Link from) {
        try (LineChannel channel = from.channel) {
            if (!(channel.next() instanceof Line.Hello hello)) {
                return;
            }
            from.monitor = ProcessHandle.of(hello.pid());
            offer(now -> {
                replace(from);
                return new GuardEvent.Linked(now);
            });
            while (true) {
                Line line = channel.next();
                offer(now -> told(line, now));
            }
        } catch (IOException e) {
            LOG.debug("the monitor's end is closed", e);
        } finally {
            offer(now -> link == from
                    ? new GuardEvent.Unlinked(now)
                    : new GuardEvent.Tick(now));
        }
    }

    private GuardEvent told(Line line, long now) {
        boolean taken = !(line instanceof Line.Lease)
                || countdown.map(Countdown::ensured).orElse(true);
        // The next renewal asks again.
        return taken ? new GuardEvent.Told(now, line) : new GuardEvent.Tick(now);
    }

    private void watch(Countdown timer) {
        var _ = thread.scheduleWithFixedDelay(() -> timer.look(state, System.nanoTime()), 0,
                timer.periodNanos(), TimeUnit.NANOSECONDS);
    }

    private void replace(Link next) {
        if (link != null) {
            link.channel.close();
        }
        link = next;
    }

    private static void answer(Link to) {
        try {
            while (true) {
                to.channel.send(to.answers.take());
            }
        } catch (IOException e) {
            to.channel.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void offer(LongFunction<GuardEvent> event) {
        try {
            thread.execute(() -> handle(event));
        } catch (RejectedExecutionException e) {
            LOG.debug("closed", e);
        }
    }

    private void handle(LongFunction<GuardEvent> event) {
        try {
            GuardState.Stepped stepped = state.step(event.apply(System.nanoTime()));
            state = stepped.next();
            // Before the effects: what is given up needs no watchdog while it is written to disk.
            countdown.ifPresent(it -> it.look(state, System.nanoTime()));
            stepped.effects().forEach(this::carryOut);
            if (wake != null) {
                wake.cancel(false);
            }
            state.wakeAt().ifPresent(at -> wake = thread.schedule(
                    () -> handle(GuardEvent.Tick::new), Math.max(0, at - System.nanoTime()),
                    TimeUnit.NANOSECONDS));
        } catch (RuntimeException e) {
            // A bug. The next process fences what this one can no longer vouch for.
            LOG.error("the guard's logic failed", e);
            over.countDown();
        }
    }

    private void carryOut(GuardEffect effect) {
        switch (effect) {
            case GuardEffect.Save save -> save(save.durable());
            case GuardEffect.Answer answer -> {
                if (link != null && !link.answers.offer(answer.line())) {
                    link.channel.close();
                }
            }
            case GuardEffect.Kill kill -> kill(kill.why());
            case GuardEffect.Fence fence -> Thread.ofVirtual().name("fence " + fence.service())
                    .start(() -> fence(fence));
            case GuardEffect.Note note -> {
                if (note.alarm()) {
                    LOG.warn("guard: {}", note.text());
                } else {
                    LOG.info("guard: {}", note.text());
                }
            }
        }
    }

    private void save(boolean durable) {
        try {
            file.write(state.holds(), durable);
        } catch (IOException e) {
            // The fence does not rest on the file as long as this process lives.
            LOG.error("guard: cannot write its state, a restart would fence: {}", e.getMessage());
        }
    }

    private void kill(String why) {
        Optional<ProcessHandle> monitor = Optional.ofNullable(link).flatMap(it -> it.monitor);
        monitor.ifPresent(process -> {
            LOG.warn("guard: kills the monitor (process {}): {}", process.pid(), why);
            List<ProcessHandle> all = process.descendants().toList();
            process.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
            long end = System.nanoTime() + DEATH.toNanos();
            while (process.isAlive() && System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
        });
    }

    private void fence(GuardEffect.Fence fence) {
        long began = System.nanoTime();
        LOG.warn("guard: fences service {}, epoch {}: {}", fence.service(), fence.epoch(),
                fence.why());
        boolean ok = false;
        String said;
        try {
            said = agents.fence(fence.service(), fence.epoch());
            ok = true;
        } catch (ActionFailed e) {
            said = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            said = "interrupted";
        } catch (RuntimeException e) {
            LOG.error("a fence failed in an unforeseen way", e);
            said = "failed in an unforeseen way: " + e;
        }
        boolean done = ok;
        String detail = said + " (" + (System.nanoTime() - began) / 1_000_000 + " ms)";
        offer(now -> new GuardEvent.Fenced(now, fence.service(), fence.epoch(), done, detail));
    }

    private void lookAgainAndAgain() {
        Map<String, String> before = new HashMap<>();
        try {
            // The first look loads what it needs, and says nothing about the resources.
            for (String service : services) {
                agents.look(service);
            }
            while (true) {
                for (String service : services) {
                    agents.look(service).forEach(look -> told(service, look, before));
                }
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // News only: what could not be fenced now, and that it can again.
    private void told(String service, Agents.Look look, Map<String, String> before) {
        String key = service + "/" + look.resource();
        String fault = !look.ok()
                ? look.said()
                : look.nanos() > fenceBound ? "answers slower than the fence bound" : "";
        String was = before.put(key, fault);
        if (!fault.isEmpty() && !fault.equals(was)) {
            LOG.warn("guard: {} could not be fenced as it is now: {}", key, fault);
        } else if (fault.isEmpty() && was != null && !was.isEmpty()) {
            LOG.info("guard: {} can be fenced again", key);
        }
    }

    /** Runs something short on the thread that owns the logic. */
    public void takeTurn(Runnable task) {
        offer(now -> {
            task.run();
            return new GuardEvent.Tick(now);
        });
    }

    /** Waits until the guard cannot go on. */
    public void awaitEnd() throws InterruptedException {
        over.await();
    }

    /** Ends; what is leased stays in the file, for the next guard. */
    @Override
    public void close() throws IOException {
        server.close();
        if (balancers.isPresent()) {
            balancers.get().close();
        }
        thread.shutdownNow();
        if (link != null) {
            link.channel.close();
        }
        Files.deleteIfExists(socket);
        file.close();
    }
}
