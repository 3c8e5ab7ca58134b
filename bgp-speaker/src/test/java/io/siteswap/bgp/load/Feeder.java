package io.siteswap.bgp.load;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Capability;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Keepalive;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.MessageEncoder;
import io.siteswap.bgp.wire.Open;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A neighbour that connects, sends a table as fast as it is taken, and counts what it is sent. */
public final class Feeder implements AutoCloseable {

    private static final int HOLD = 180;

    private final Socket socket = new Socket();
    private final OutputStream out;
    private final AtomicLong announced = new AtomicLong();

    public Feeder(String from, String to, int port, long as) throws IOException {
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.getByName(to), port), 5000);
        socket.setTcpNoDelay(true);
        out = socket.getOutputStream();
        send(Open.of(as, HOLD, Address.parse("198.18" + from.substring(from.indexOf('.', 4))),
                List.of(Capability.MultiProtocol.of(Family.IPV4_UNICAST),
                        new Capability.FourOctetAs(as))));
        send(new Keepalive());
        DataInputStream in = new DataInputStream(socket.getInputStream());
        // OPEN and the first KEEPALIVE: the session is up.
        skip(in);
        skip(in);
        Thread.ofVirtual().start(() -> count(in));
        Thread.ofVirtual().start(this::live);
    }

    private void live() {
        try {
            while (true) {
                Thread.sleep(20_000);
                send(new Keepalive());
            }
        } catch (IOException | InterruptedException e) {
            // closed
        }
    }

    private static byte[] skip(DataInputStream in) throws IOException {
        byte[] header = in.readNBytes(19);
        if (header.length < 19) {
            throw new IOException("the other side hung up");
        }
        return in.readNBytes((ByteBuffer.wrap(header).getShort(16) & 0xFFFF) - 19);
    }

    /** IPv4 prefixes announced to us. */
    private void count(DataInputStream in) {
        try {
            while (true) {
                byte[] header = in.readNBytes(19);
                if (header.length < 19) {
                    return;
                }
                ByteBuffer body = ByteBuffer.wrap(in.readNBytes(
                        (ByteBuffer.wrap(header).getShort(16) & 0xFFFF) - 19));
                if (header[18] == 2) {
                    body.position(2 + body.getShort(0));
                    int attributes = body.getShort() & 0xFFFF;
                    body.position(body.position() + attributes);
                    int prefixes = 0;
                    for (; body.hasRemaining(); prefixes++) {
                        int octets = ((body.get() & 0xFF) + 7) / 8;
                        body.position(body.position() + octets);
                    }
                    announced.addAndGet(prefixes);
                }
            }
        } catch (IOException e) {
            // closed
        }
    }

    public long announced() {
        return announced.get();
    }

    public void send(byte[] messages) {
        try {
            out.write(messages);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void send(Message message) throws IOException {
        ByteBuffer encoded = MessageEncoder.encode(message, new Context(true, true));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        out.write(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
