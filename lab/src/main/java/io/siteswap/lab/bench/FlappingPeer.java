package io.siteswap.lab.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A neighbour that comes, tells its table, changes its mind, and goes in one of the ways in which
 * neighbours go, again and again.
 */
final class FlappingPeer implements Runnable {

    private static final byte[] CEASE_RESET = message(3, (byte) 6, (byte) 4);
    private static final byte[] KEEPALIVE = message(4);
    /** An UPDATE whose prefixes cannot be read: it costs the session. */
    private static final byte[] UNREADABLE = message(2, (byte) 0, (byte) 0, (byte) 0, (byte) 0,
            (byte) 33);
    /** An ORIGIN that means nothing: it costs the route. */
    private static final byte[] FAULTY = message(2, (byte) 0, (byte) 0, (byte) 0, (byte) 4,
            (byte) 0x40, (byte) 1, (byte) 1, (byte) 9, (byte) 24, (byte) 203, (byte) 0, (byte) 113);
    private static final int HOLD_SECONDS = 90;
    private static final int LONGEST_STAY_MS = 3_000;

    private final InetAddress address;
    private final InetSocketAddress speaker;
    private final int as;
    private final Updates announce;
    private final Updates churn;
    private final Random random;
    private final LongAdder sessions;

    /** @param sessions counts those that came up */
    FlappingPeer(InetAddress address, InetSocketAddress speaker, int as, Updates announce,
            Updates churn, long seed, LongAdder sessions) {
        this.address = address;
        this.speaker = speaker;
        this.as = as;
        this.announce = announce;
        this.churn = churn;
        this.random = new Random(seed);
        this.sessions = sessions;
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                session();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
            } catch (IOException e) {
                // The speaker may end it too; then it is tried again.
                if (!pause()) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void session() throws IOException, InterruptedException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(address, 0));
            socket.connect(speaker, 5_000);
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            out.write(SimulatedPeer.open(address, as, HOLD_SECONDS).array());
            boolean keepalive = false;
            while (!keepalive) {
                int type = read(in);
                if (type == 1) {
                    out.write(KEEPALIVE);
                }
                keepalive = type == 4;
            }
            sessions.increment();
            Thread reader = Thread.ofVirtual().start(() -> drain(in));
            out.write(bytes(announce));
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_STAY_MS));
            out.write(bytes(churn));
            out.write(FAULTY);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_STAY_MS));
            leave(socket, out);
            reader.interrupt();
        }
    }

    private void leave(Socket socket, OutputStream out) throws IOException {
        switch (random.nextInt(4)) {
            case 0 -> out.write(CEASE_RESET);
            case 1 -> out.write(UNREADABLE);
            // A reset connection rather than a closed one.
            case 2 -> socket.setSoLinger(true, 0);
            default -> out.flush();
        }
    }

    private static void drain(DataInputStream in) {
        try {
            while (true) {
                int _ = read(in);
            }
        } catch (IOException e) {
            // The session is over.
        }
    }

    private static int read(DataInputStream in) throws IOException {
        in.skipNBytes(16);
        int length = in.readUnsignedShort();
        int type = in.readUnsignedByte();
        in.skipNBytes(length - 19L);
        return type;
    }

    private static byte[] bytes(Updates updates) {
        ByteBuffer buffer = updates.bytes().duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static byte[] message(int type, byte... body) {
        return ByteBuffer.allocate(19 + body.length).putLong(-1).putLong(-1)
                .putShort((short) (19 + body.length)).put((byte) type).put(body).array();
    }
}
