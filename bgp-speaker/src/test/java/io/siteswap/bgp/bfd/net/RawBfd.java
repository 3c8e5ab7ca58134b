package io.siteswap.bgp.bfd.net;

import io.siteswap.bgp.app.Await;
import io.siteswap.bgp.bfd.BfdState;
import io.siteswap.bgp.bfd.ControlPacket;
import io.siteswap.bgp.bfd.Diagnostic;
import io.siteswap.bgp.bfd.Reception;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/** A neighbour made of plain sockets, which says what it is told, with any TTL. */
final class RawBfd implements AutoCloseable {

    static final int DISCRIMINATOR = 0xb2;

    private final Arena arena = Arena.ofShared();
    private final Receiver receiver;
    private final int fd;
    private final MemorySegment remote;
    private final boolean v6;
    private ControlPacket last;

    RawBfd(InetAddress address, InetAddress remote, int port, boolean multihop)
            throws Libc.Refused {
        v6 = address instanceof Inet6Address;
        receiver = Receiver.open(address, port, multihop, arena);
        fd = Libc.socket(SocketAddresses.family(address), 2);
        int _ = Libc.bind(fd, SocketAddresses.write(arena, address, 0), "a port");
        this.remote = SocketAddresses.write(arena, remote, port);
        last = packet(BfdState.DOWN, 0, 1000);
    }

    static ControlPacket packet(BfdState state, int yours, int millis) {
        return new ControlPacket(state, Diagnostic.NONE, false, false, false, false, 3,
                DISCRIMINATOR, yours, millis * 1000L, 20_000, 0);
    }

    /** The next packet that came, waiting for it. */
    ControlPacket receive() {
        last = Await.value("a packet", this::poll);
        return last;
    }

    /** Waits until our neighbour says that, skipping what it said before. */
    ControlPacket awaitState(BfdState state) {
        ControlPacket packet = receive();
        while (packet.state() != state) {
            packet = receive();
        }
        return packet;
    }

    Optional<ControlPacket> poll() {
        return receiver.receive()
                && ControlPacket.decode(
                        receiver.bytes()) instanceof Reception.Accepted(ControlPacket packet)
                                ? Optional.of(packet)
                                : Optional.empty();
    }

    int lastTtl() {
        return receiver.ttl();
    }

    void send(ControlPacket packet, int ttl) throws Libc.Refused {
        Libc.option(fd, v6 ? 41 : 0, v6 ? 16 : 2, ttl);
        MemorySegment bytes = arena.allocate(ControlPacket.LENGTH);
        packet.encode(bytes.asByteBuffer());
        if (!Libc.send(fd, bytes, remote)) {
            throw new AssertionError("not sent");
        }
    }

    /** Sends a state with a TTL of 255, to the discriminator last heard. */
    void say(BfdState state) throws Libc.Refused {
        send(packet(state, last.myDiscriminator(), state == BfdState.UP ? 20 : 1000), 255);
    }

    /** From the first packet to both sides up, with 3 x 20 ms. */
    void bringUp() throws Libc.Refused {
        awaitState(BfdState.DOWN);
        say(BfdState.DOWN);
        awaitState(BfdState.INIT);
        say(BfdState.UP);
        ControlPacket poll = awaitState(BfdState.UP);
        send(new ControlPacket(BfdState.UP, Diagnostic.NONE, false, true, false, false, 3,
                DISCRIMINATOR, poll.myDiscriminator(), 20_000, 20_000, 0), 255);
    }

    @Override
    public void close() {
        receiver.close();
        Libc.close(fd);
        arena.close();
    }
}
