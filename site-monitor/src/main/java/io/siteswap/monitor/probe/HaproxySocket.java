package io.siteswap.monitor.probe;

import io.siteswap.monitor.config.HostPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * HAProxy's runtime API (management guide, section 9.3), one command per connection.
 *
 * @param address path of a Unix socket, or host:port
 */
public record HaproxySocket(String address) {

    /** Answers of the commands used are a few KiB; a stranger on that port cannot fill memory. */
    private static final int MAX_ANSWER_BYTES = 4 << 20;
    private static final int MAINTENANCE = 0x01 | 0x02 | 0x20;

    /** One server of a backend. */
    public record Server(String name, boolean running, boolean maintenance) {
    }

    /**
     * Sends one command and reads its whole answer. Blocks; an interrupt ends it.
     *
     * @throws IOException with one sentence when there is no HAProxy or it does not answer
     */
    public String ask(String command) throws IOException {
        try (SocketChannel channel = open()) {
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(8192);
            while (channel.read(buffer.clear()) >= 0 && answer.size() < MAX_ANSWER_BYTES) {
                answer.write(buffer.array(), 0, buffer.position());
            }
            return answer.toString(StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new IOException("HAProxy's runtime API at " + address + " does not answer ("
                    + Optional.ofNullable(e.getMessage()).orElse("interrupted") + ")", e);
        }
    }

    private SocketChannel open() throws IOException {
        if (address.contains("/")) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(Path.of(address)));
                return channel;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }
        return SocketChannel.open(HostPort.parse(address).resolve());
    }

    /** @throws IOException also when there is no such backend */
    public List<Server> servers(String backend) throws IOException {
        String answer = ask("show servers state " + backend);
        List<String> lines = answer.lines().toList();
        if (lines.size() < 2 || !lines.get(1).startsWith("#")) {
            throw new IOException("HAProxy at " + address + " says to backend '" + backend + "': "
                    + lines.stream().findFirst().orElse("nothing"));
        }
        List<String> header = Arrays.asList(lines.get(1).substring(1).strip().split(" "));
        int name = header.indexOf("srv_name");
        int running = header.indexOf("srv_op_state");
        int admin = header.indexOf("srv_admin_state");
        return lines.stream().skip(2).filter(line -> !line.isBlank()).map(line -> line.split(" "))
                .map(cell -> new Server(cell[name], !cell[running].equals("0"),
                        (Integer.parseInt(cell[admin]) & MAINTENANCE) != 0))
                .toList();
    }

    /** Requests (mode tcp: connections) that servers of the backend serve now; empty if not told. */
    public Optional<Integer> inFlight(String backend) throws IOException {
        List<String> lines = ask("show stat -1 4 -1").lines().toList();
        if (lines.isEmpty() || !lines.getFirst().startsWith("#")) {
            return Optional.empty();
        }
        List<String> header = Arrays.asList(lines.getFirst().substring(1).strip().split(","));
        int proxy = header.indexOf("pxname");
        int sessions = header.indexOf("scur");
        return Optional.of(lines.stream().skip(1).map(line -> line.split(",", -1))
                .filter(cell -> cell.length > sessions && cell[proxy].equals(backend))
                .flatMapToInt(cell -> IntStream.of(Integer.parseInt(cell[sessions]))).sum());
    }
}
