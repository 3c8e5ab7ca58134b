package io.siteswap.monitor.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The service manager that started this process, if it wants to hear from it: systemd's protocol of
 * {@code sd_notify(3)}.
 */
public final class ServiceManager {

    private static final int AF_UNIX = 1;
    private static final int DATAGRAM = 2 | 0x80000;
    private static final int PATH_MAX = 107;

    private final String socket;
    private final Optional<Duration> patience;

    private ServiceManager(String socket, Optional<Duration> patience) {
        this.socket = socket;
        this.patience = patience;
    }

    /** By the variables that it has set; empty when nobody listens. */
    public static Optional<ServiceManager> of(Map<String, String> environment, long pid) {
        String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
        boolean usable = socket.matches("[/@].*")
                && socket.getBytes(StandardCharsets.UTF_8).length <= PATH_MAX;
        boolean ours = environment.getOrDefault("WATCHDOG_PID", Long.toString(pid))
                .equals(Long.toString(pid));
        Optional<Duration> patience = Optional.ofNullable(environment.get("WATCHDOG_USEC"))
                .filter(it -> ours && it.matches("[1-9][0-9]{0,17}"))
                .map(it -> Duration.ofNanos(Long.parseLong(it) * 1000));
        return usable ? Optional.of(new ServiceManager(socket, patience)) : Optional.empty();
    }

    /** It ends a process that says nothing for so long; empty: it waits for ever. */
    public Optional<Duration> patience() {
        return patience;
    }

    /** Start-up is over. */
    public void ready() throws IOException {
        say("READY=1");
    }

    /** This process is not stuck. */
    public void alive() throws IOException {
        say("WATCHDOG=1");
    }

    private void say(String what) throws IOException {
        int fd = Posix.socket(AF_UNIX, DATAGRAM);
        try {
            Posix.send(fd, what.getBytes(StandardCharsets.US_ASCII), address());
        } finally {
            Posix.close(fd);
        }
    }

    /** {@code struct sockaddr_un}; a leading {@code @} stands for an abstract address's zero. */
    private byte[] address() {
        byte[] path = socket.getBytes(StandardCharsets.UTF_8);
        path[0] = path[0] == '@' ? 0 : path[0];
        byte[] address = new byte[2 + path.length];
        ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).putShort((short) AF_UNIX);
        System.arraycopy(path, 0, address, 2, path.length);
        return address;
    }
}
