package io.siteswap.bgp.bfd.net;

import io.siteswap.bgp.bfd.BfdOptions;
import io.siteswap.bgp.bfd.Event;
import io.siteswap.bgp.bfd.Session;
import io.siteswap.bgp.wire.Address;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * BFD with any number of neighbours (RFC 5881 single hop, RFC 5883 multihop), on one thread of
 * its own. Methods may be called from every thread, except from a {@link BfdListener} those that
 * return something.
 */
public final class BfdService implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final InetAddress ANY_V4 = InetAddress.ofLiteral("0.0.0.0");
    private static final InetAddress ANY_V6 = InetAddress.ofLiteral("::");

    private final BfdAddresses addresses;
    private final Arena arena;
    private final List<Receiver> receivers;
    private final Poller poller;
    private final Sessions sessions = new Sessions();
    private final Lateness lateness = new Lateness();
    private final RandomGenerator random;
    private final BfdThread loop;
    private final Thread thread;

    private BfdService(BfdAddresses addresses, Arena arena, List<Receiver> receivers,
            RandomGenerator random) throws IOException {
        this.addresses = addresses;
        this.arena = arena;
        this.receivers = receivers;
        this.random = random;
        poller = new Poller(receivers, arena);
        loop = new BfdThread(receivers, poller, sessions, lateness, arena);
        thread = Thread.ofPlatform().name("bfd").daemon().unstarted(loop);
    }

    /** @throws IOException with a sentence: ports in use, or not this machine's addresses */
    public static BfdService start(BfdAddresses addresses) throws IOException {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            throw new IOException("BFD needs Linux.");
        }
        Arena arena = Arena.ofShared();
        List<Receiver> receivers = new ArrayList<>();
        try {
            for (InetAddress address : addresses.addresses()) {
                open(addresses, address, arena, receivers);
            }
            BfdService service = new BfdService(addresses, arena, receivers,
                    RandomGenerator.getDefault());
            service.thread.start();
            return service;
        } catch (IOException e) {
            receivers.forEach(Receiver::close);
            arena.close();
            throw e;
        }
    }

    private static void open(BfdAddresses addresses, InetAddress address, Arena arena,
            List<Receiver> receivers) throws Libc.Refused {
        try {
            receivers.add(Receiver.open(address, addresses.singleHop(), false, arena));
            receivers.add(Receiver.open(address, addresses.multihop(), true, arena));
        } catch (Libc.Refused e) {
            // "Every address" on a machine without IPv6.
            if (e.errno() != Libc.EAFNOSUPPORT || !address.isAnyLocalAddress()) {
                throw e;
            }
        }
    }

    /**
     * Starts a session. A key that is watched already gets the new options, without a break when
     * both addresses are the same; it keeps its listener.
     *
     * @param local source address of our packets; empty: the kernel's choice
     * @throws IOException with a sentence: no such local address, or the neighbour is watched
     * under another key
     */
    public void watch(String key, InetAddress remote, Optional<InetAddress> local,
            BfdOptions options, BfdListener listener) throws IOException {
        Optional<IOException> refused = call(() -> {
            try {
                start(key, remote, local, options, listener);
                return Optional.empty();
            } catch (IOException e) {
                return Optional.of(e);
            }
        });
        if (refused.isPresent()) {
            throw refused.get();
        }
    }

    private void start(String key, InetAddress remote, Optional<InetAddress> local,
            BfdOptions options, BfdListener listener) throws IOException {
        Endpoint endpoint = Endpoint.of(remote, options.multihop());
        Optional<Watched> before = sessions.of(key);
        if (before.isPresent() && before.get().between(local, endpoint)) {
            boolean _ = before.get().step(new Event.Reconfigured(options), System.nanoTime());
            return;
        }
        before.ifPresent(sessions::remove);
        // One that is still saying goodbye makes room.
        sessions.of(endpoint).filter(Watched::leaving).ifPresent(sessions::remove);
        Optional<Watched> other = sessions.of(endpoint);
        if (other.isPresent()) {
            throw new IOException("BFD with " + Address.of(remote)
                    + " already runs for neighbour " + other.get().key() + ".");
        }
        int discriminator = sessions.freeDiscriminator(random).orElseThrow(
                () -> new IOException("BFD already watches " + Sessions.MAX + " neighbours."));
        InetAddress source = local.orElse(remote instanceof Inet6Address ? ANY_V6 : ANY_V4);
        Sender sender = new Sender(source, remote, addresses.port(options.multihop()), random);
        sessions.add(new Watched(key, local, endpoint, Session.of(discriminator, options), sender,
                listener, random, lateness));
    }

    /** Says AdminDown to the neighbour for a while, then is silent. */
    public void unwatch(String key) {
        with(key, watched -> watched.leave(System.nanoTime()));
    }

    /** Takes the session down on purpose; the neighbour does not count it as a failure. */
    public void disable(String key) {
        step(key, new Event.Disabled());
    }

    /** After {@link #disable}. */
    public void enable(String key) {
        step(key, new Event.Enabled());
    }

    private void step(String key, Event event) {
        with(key, watched -> {
            boolean _ = watched.step(event, System.nanoTime());
        });
    }

    private void with(String key, Consumer<Watched> action) {
        loop.execute(() -> sessions.of(key).ifPresent(action));
    }

    public List<SessionView> views() {
        return call(sessions::views);
    }

    public ServiceView view() {
        return call(loop::view);
    }

    private <T> T call(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while BFD was asked.", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("BFD does not answer; is it closed?", e);
        }
    }

    /** Tells every neighbour AdminDown once. */
    @Override
    public void close() {
        loop.stop();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            poller.close();
            receivers.forEach(Receiver::close);
            arena.close();
        }
    }
}
