package io.siteswap.bgp.rtr.net;

import io.siteswap.bgp.rtr.Pdu;
import io.siteswap.bgp.rtr.PduCodec;
import io.siteswap.bgp.rtr.RtrOptions.Cache;
import io.siteswap.bgp.rtr.RtrOptions.Timing;
import io.siteswap.bgp.rtr.Vrp;
import io.siteswap.bgp.wire.Prefix;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/** A cache made of a plain socket, which says what it is told. */
public final class FakeCache implements AutoCloseable {

    static final Timing TIMING = new Timing(Duration.ofSeconds(60), Duration.ofSeconds(30),
            Duration.ofSeconds(900));

    private final ServerSocket listener;
    private Optional<Socket> socket = Optional.empty();

    public FakeCache(String address) throws IOException {
        listener = new ServerSocket(0, 5, InetAddress.getByName(address));
        listener.setSoTimeout(20_000);
    }

    public Cache where() {
        return new Cache(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
    }

    public FakeCache accept() throws IOException {
        Socket accepted = listener.accept();
        accepted.setSoTimeout(20_000);
        socket = Optional.of(accepted);
        return this;
    }

    /** The next PDU with its version. */
    public PduCodec.Read.Complete receive() throws IOException {
        DataInputStream in = new DataInputStream(socket.orElseThrow().getInputStream());
        byte[] header = new byte[8];
        in.readFully(header);
        int length = ByteBuffer.wrap(header).getInt(4);
        byte[] whole = new byte[length];
        System.arraycopy(header, 0, whole, 0, 8);
        in.readFully(whole, 8, length - 8);
        return (PduCodec.Read.Complete) PduCodec.next(ByteBuffer.wrap(whole));
    }

    public FakeCache send(int version, Pdu... pdus) throws IOException {
        for (Pdu pdu : pdus) {
            ByteBuffer encoded = PduCodec.encode(version, pdu);
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            socket.orElseThrow().getOutputStream().write(bytes);
        }
        return this;
    }

    void sendHex(String hex) throws IOException {
        socket.orElseThrow().getOutputStream().write(HexFormat.of().parseHex(hex));
    }

    public static Pdu prefix(boolean announce, String prefix, int max, long as) {
        return new Pdu.PrefixPdu(announce, new Vrp(Prefix.parse(prefix), max, as));
    }

    public static Pdu end(int session, int serial) {
        return new Pdu.EndOfData(session, serial, Optional.of(TIMING));
    }

    void hangUp() throws IOException {
        socket.orElseThrow().close();
    }

    @Override
    public void close() throws IOException {
        die();
    }

    /** Nobody answers here any more. */
    public void die() throws IOException {
        listener.close();
        if (socket.isPresent()) {
            socket.get().close();
        }
    }
}
