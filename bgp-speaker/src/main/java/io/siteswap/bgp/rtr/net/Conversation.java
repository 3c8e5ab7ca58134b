package io.siteswap.bgp.rtr.net;

import io.siteswap.bgp.rtr.Pdu;
import io.siteswap.bgp.rtr.PduCodec;
import io.siteswap.bgp.rtr.RtrEffect;
import io.siteswap.bgp.rtr.RtrEvent;
import io.siteswap.bgp.rtr.RtrFsm;
import io.siteswap.bgp.rtr.RtrOptions.Cache;
import io.siteswap.bgp.rtr.RtrOptions.Timing;
import io.siteswap.bgp.rtr.RtrState;
import io.siteswap.bgp.rtr.RtrStep;
import io.siteswap.bgp.rtr.Vrp;
import io.siteswap.bgp.rtr.VrpTable;
import io.siteswap.bgp.rtr.RtrError;
import io.siteswap.bgp.wire.Octets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Talks to one cache and remembers where it stood; connections come and go. */
final class Conversation {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Far more than the whole world has (RFC 8210 sets no bound; a broken cache must have one). */
    private static final int MAX_NOTES = 4_000_000;
    private static final int BUFFER = 1 << 17;

    private final Cache cache;
    private final RtrClient client;
    private final List<Pdu.PrefixPdu> notes = new ArrayList<>();
    private RtrState state;
    /** This cache's own data, which its news apply to. */
    private VrpTable table = VrpTable.EMPTY;
    private boolean broughtData;
    private long askAt;
    private volatile Optional<Socket> socket = Optional.empty();

    Conversation(Cache cache, Timing timing, RtrClient client) {
        this.cache = cache;
        this.client = client;
        state = new RtrState.Closed(RtrState.Memory.initial(timing));
    }

    Cache cache() {
        return cache;
    }

    boolean broughtData() {
        return broughtData;
    }

    int version() {
        return state.memory().version();
    }

    /** A connection can be made; it is closed at once. */
    static boolean answers(Cache cache) {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(cache.host(), cache.port()),
                    (int) CONNECT.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Until the connection ends.
     *
     * @return it brought data
     * @throws IOException why it ended
     */
    boolean run() throws IOException {
        broughtData = false;
        try (Socket connection = new Socket()) {
            socket = Optional.of(connection);
            connection.connect(new InetSocketAddress(cache.host(), cache.port()),
                    (int) CONNECT.toMillis());
            client.said("RTR cache " + cache + ": connected.");
            step(connection, new RtrEvent.Connected());
            read(connection);
        } finally {
            socket = Optional.empty();
            state = RtrFsm.step(state, new RtrEvent.Lost("closed")).next();
            notes.clear();
        }
        return broughtData;
    }

    private void read(Socket connection) throws IOException {
        byte[] bytes = new byte[BUFFER];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (!(state instanceof RtrState.Closed) && !client.closed()) {
            if (receive(connection, bytes, buffer)) {
                buffer.flip();
                decode(connection, buffer);
                buffer.compact();
            }
            timers(connection);
        }
    }

    /** False: nothing until the next timer. */
    private boolean receive(Socket connection, byte[] bytes, ByteBuffer buffer)
            throws IOException {
        long wait = Math.min(askAt - System.nanoTime(),
                client.untilExpiry().orElse(Long.MAX_VALUE));
        connection.setSoTimeout(Math.clamp(wait / 1_000_000 + 1, 1, 3_600_000));
        try {
            int count = connection.getInputStream().read(bytes, buffer.position(),
                    buffer.remaining());
            if (count < 0) {
                throw new IOException("the cache hung up");
            }
            buffer.position(buffer.position() + count);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private void decode(Socket connection, ByteBuffer buffer) throws IOException {
        while (!(state instanceof RtrState.Closed)) {
            switch (PduCodec.next(buffer)) {
                case PduCodec.Read.Incomplete _ -> {
                    return;
                }
                case PduCodec.Read.Complete(int version, Pdu pdu) -> step(connection,
                        new RtrEvent.Received(version, pdu));
                case PduCodec.Read.Broken(RtrError error, Octets quote, String reason) -> step(
                        connection, new RtrEvent.Malformed(error, quote, reason));
            }
        }
    }

    private void timers(Socket connection) throws IOException {
        boolean expired = client.expireIfDue();
        if (askAt - System.nanoTime() > 0 && !expired) {
            return;
        }
        if (client.betterThan(cache)) {
            throw new IOException("a preferred cache is back");
        }
        step(connection, new RtrEvent.AskTimer());
    }

    private void step(Socket connection, RtrEvent event) throws IOException {
        RtrStep step = RtrFsm.step(state, event);
        state = step.next();
        for (RtrEffect effect : step.effects()) {
            run(connection, effect);
        }
    }

    private void run(Socket connection, RtrEffect effect) throws IOException {
        switch (effect) {
            case RtrEffect.Send(int version, Pdu pdu) -> {
                ByteBuffer encoded = PduCodec.encode(version, pdu);
                byte[] bytes = new byte[encoded.remaining()];
                encoded.get(bytes);
                connection.getOutputStream().write(bytes);
            }
            case RtrEffect.Note(Pdu.PrefixPdu change) -> {
                notes.add(change);
                if (notes.size() > MAX_NOTES) {
                    throw new IOException("more than " + MAX_NOTES + " prefixes in one answer");
                }
            }
            case RtrEffect.Commit(boolean all) -> commit(connection, all);
            case RtrEffect.Abort _ -> notes.clear();
            case RtrEffect.AskAfter(Duration delay) -> askAt = System.nanoTime() + delay.toNanos();
            case RtrEffect.ExpireAfter(Duration delay) -> client.goodFor(delay);
            case RtrEffect.Disconnect(String reason) -> client
                    .said("RTR cache " + cache + ": " + reason);
        }
    }

    private void commit(Socket connection, boolean all) throws IOException {
        VrpTable base = all ? VrpTable.EMPTY : table;
        switch (base.apply(notes)) {
            case VrpTable.Applied.Ok(VrpTable next) -> {
                table = next;
                broughtData = true;
                client.committed(next);
            }
            case VrpTable.Applied.Wrong(RtrError error, Vrp vrp) -> step(connection,
                    new RtrEvent.Contradiction(error, vrp));
        }
        notes.clear();
    }

    /** From any thread: ends the connection. */
    void close() {
        socket.ifPresent(connection -> {
            try {
                connection.close();
            } catch (IOException e) {
                client.said("RTR cache " + cache + ": " + e.getMessage());
            }
        });
    }
}
