package io.siteswap.bgp.app;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Capability;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.Keepalive;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.MessageDecoder;
import io.siteswap.bgp.wire.MessageEncoder;
import io.siteswap.bgp.wire.Open;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/** A neighbour made of a plain socket, which can do what no decent speaker does. */
final class RawPeer implements AutoCloseable {

    private static final Context AGREED = new Context(true, true);

    private final Socket socket;
    private final DataInputStream in;

    /** Waits for the speaker to connect. */
    RawPeer(ServerSocket listener) throws IOException {
        socket = listener.accept();
        socket.setSoTimeout(10_000);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Exchanges OPEN and KEEPALIVE; the next message is the speaker's first UPDATE. */
    RawPeer establish() throws IOException {
        send(Open.of(64510, 3, Address.parse("198.18.9.9"),
                List.of(Capability.MultiProtocol.of(Family.IPV4_UNICAST),
                        new Capability.FourOctetAs(64510))));
        send(new Keepalive());
        expect(Open.class);
        expect(Keepalive.class);
        return this;
    }

    void send(Message message) throws IOException {
        ByteBuffer encoded = MessageEncoder.encode(message, AGREED);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        socket.getOutputStream().write(bytes);
    }

    void sendHex(String hex) throws IOException {
        socket.getOutputStream().write(HexFormat.of().parseHex(hex));
    }

    Message receive() throws IOException {
        byte[] header = in.readNBytes(Frame.HEADER);
        if (header.length < Frame.HEADER) {
            throw new IOException("the speaker hung up");
        }
        int length = ByteBuffer.wrap(header).getShort(16) & 0xFFFF;
        byte[] body = in.readNBytes(length - Frame.HEADER);
        return ((Decoded.Ok) MessageDecoder.decode(
                new Frame.Complete(header[18] & 0xFF, ByteBuffer.wrap(body)), AGREED)).message();
    }

    /** The next message of this kind; keepalives in between do not count. */
    <M extends Message> M expect(Class<M> kind) throws IOException {
        Message message = receive();
        while (message instanceof Keepalive && kind != Keepalive.class) {
            message = receive();
        }
        if (!kind.isInstance(message)) {
            throw new AssertionError("expected " + kind.getSimpleName() + ", got " + message);
        }
        return kind.cast(message);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
