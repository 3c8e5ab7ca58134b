package io.siteswap.lab.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** Carries bytes between two connected sockets. */
public final class Relay {
    private static final int CHUNK = 1 << 16;

    private Relay() {
    }

    /** Returns when both directions have ended; bytes and ends wait at the gate while it is closed. */
    public static void both(Socket near, Socket far, Gate gate) {
        Thread back = Thread.startVirtualThread(() -> one(far, near, gate));
        one(near, far, gate);
        try {
            back.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void one(Socket from, Socket to, Gate gate) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                gate.await();
                out.write(chunk, 0, n);
            }
            gate.await();
            to.shutdownOutput();
        } catch (IOException broken) {
            gate.await();
            reset(from);
            reset(to);
        }
    }

    /** Closes at once; the peer sees a reset when something was still under way. */
    public static void reset(Socket socket) {
        try {
            if (!socket.isOutputShutdown()) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException closed) {
            // Nothing is left to reset.
        }
        try {
            socket.close();
        } catch (IOException closed) {
            // Nothing is left to close.
        }
    }
}
