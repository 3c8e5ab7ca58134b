package io.siteswap.lab.forwarder;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The servers of the forwarder and which of them may get the next connection. */
final class Backend {

    /**
     * @param sessions connections that it serves now
     * @param remote a load balancer of another site, whose own connections come from its address
     */
    record Server(String name, InetSocketAddress address, boolean ready, int sessions,
            boolean remote) {
    }

    private final String name;
    private final Map<String, Server> servers = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int turn;

    Backend(String name, List<Server> servers) {
        this.name = name;
        servers.forEach(server -> this.servers.put(server.name(), server));
    }

    String name() {
        return name;
    }

    List<Server> servers() {
        lock.lock();
        try {
            return List.copyOf(servers.values());
        } finally {
            lock.unlock();
        }
    }

    /** Names of the other sites' balancers whose connections come from this address. */
    List<String> behind(InetAddress caller) {
        return servers().stream()
                .filter(s -> s.remote() && s.address().getAddress().equals(caller))
                .map(Server::name).toList();
    }

    /** @return false when there is no such server */
    boolean ready(String server, boolean ready) {
        lock.lock();
        try {
            Server was = servers.get(server);
            if (was == null) {
                return false;
            }
            servers.put(server, new Server(was.name(), was.address(), ready, was.sessions(),
                    was.remote()));
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the next ready server in turn and counts a session on it; waits while none is ready.
     *
     * @param tried servers not to take again; when all ready ones were tried, there is none
     * @return empty when none became ready within the hold
     */
    Optional<Server> take(Set<String> tried, Duration hold) throws InterruptedException {
        long left = hold.toNanos();
        lock.lock();
        try {
            while (true) {
                List<Server> ready = ready(servers.values());
                List<Server> fresh = ready.stream().filter(s -> !tried.contains(s.name())).toList();
                if (!fresh.isEmpty()) {
                    return Optional.of(count(fresh.get(turn++ % fresh.size()).name(), 1));
                }
                if (!ready.isEmpty() || left <= 0) {
                    return Optional.empty();
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    void release(Server server) {
        lock.lock();
        try {
            count(server.name(), -1);
        } finally {
            lock.unlock();
        }
    }

    private Server count(String server, int more) {
        return servers.computeIfPresent(server, (key, was) -> new Server(was.name(), was.address(),
                was.ready(), was.sessions() + more, was.remote()));
    }

    private static List<Server> ready(Collection<Server> servers) {
        return servers.stream().filter(Server::ready).toList();
    }
}
