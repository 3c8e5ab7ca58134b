package io.siteswap.bgp.app;

import io.siteswap.bgp.net.NeighborRunner;
import io.siteswap.bgp.net.WireTap;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.Notification;
import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.Open;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** One connection as those outside are told of it: how it began, how it ended, every message. */
final class Wire implements WireTap {

    private static final int LENGTH = 16;
    private static final int TYPE = 18;

    private final Witness witness;
    private final NeighborRunner neighbor;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private Direction in = Direction.NOTHING;
    private Direction out = Direction.NOTHING;
    private boolean lost;

    /** @param last the message that ends a session, if it was said */
    private record Direction(Octets open, Optional<Octets> last) {

        private static final Direction NOTHING = new Direction(Octets.NONE, Optional.empty());

        private Direction and(int type, ByteBuffer message) {
            return switch (type) {
                case Open.TYPE -> new Direction(Octets.read(message), last);
                case Notification.TYPE -> new Direction(open, Optional.of(Octets.read(message)));
                default -> this;
            };
        }
    }

    Wire(Witness witness, NeighborRunner neighbor, InetSocketAddress local,
            InetSocketAddress remote) {
        this.witness = witness;
        this.neighbor = neighbor;
        this.local = local;
        this.remote = remote;
    }

    NeighborRunner neighbor() {
        return neighbor;
    }

    InetSocketAddress local() {
        return local;
    }

    InetSocketAddress remote() {
        return remote;
    }

    Octets sentOpen() {
        return out.open;
    }

    Octets receivedOpen() {
        return in.open;
    }

    Optional<Octets> sentNotification() {
        return out.last;
    }

    Optional<Octets> receivedNotification() {
        return in.last;
    }

    /** The other end is gone without a word. */
    boolean wasLost() {
        return lost;
    }

    @Override
    public void received(Context context, byte[] bytes, int from, int to) {
        int type = bytes[from + TYPE] & 0xFF;
        ByteBuffer message = ByteBuffer.wrap(bytes, from, to - from);
        in = in.and(type, message.duplicate());
        witness.message(this, false, type, context, message);
    }

    @Override
    public void sent(Context context, ByteBuffer messages) {
        for (int at = messages.position(); messages.limit() - at >= Frame.HEADER;) {
            int length = messages.getShort(at + LENGTH) & 0xFFFF;
            int type = messages.get(at + TYPE) & 0xFF;
            ByteBuffer message = messages.slice(at, length);
            out = out.and(type, message.duplicate());
            witness.message(this, true, type, context, message);
            at += length;
        }
    }

    @Override
    public void agreed(Context context) {
        witness.agreed(this);
    }

    @Override
    public void lost() {
        lost = true;
    }
}
