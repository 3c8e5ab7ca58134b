package io.siteswap.bgp.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/** One connection to a speaker's local API, for one question at a time. */
final class SpeakerLink implements AutoCloseable {

    /** Read at once. */
    private static final int PART = 16 * 1024;

    private final Path socket;
    private final SocketChannel channel;
    private final Selector selector;
    private final ByteBuffer part = ByteBuffer.allocate(PART);

    /** @param connected closed if nothing can wait for it */
    SpeakerLink(Path socket, SocketChannel connected) throws IOException {
        this.socket = socket;
        this.channel = connected;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            connected.close();
            throw e;
        }
        connected.configureBlocking(false);
        connected.register(selector, SelectionKey.OP_READ);
    }

    /** Nothing has come since the last answer, no farewell either. */
    boolean usable() {
        try {
            return channel.read(part.clear()) == 0;
        } catch (IOException e) {
            // It is gone, as a speaker that was killed is.
            return false;
        }
    }

    /**
     * On the caller's thread: another one would have to be woken, and to wake this one.
     *
     * @param line with its end
     * @return the answer, a line as well
     * @throws IOException with a sentence; then this link is of no use any more
     */
    byte[] ask(ByteBuffer line, Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        write(channel, line);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        while (true) {
            await(deadline, timeout);
            int read = read();
            if (read < 0) {
                throw new IOException("The speaker at " + socket + " hung up without an answer.");
            }
            answer.write(part.array(), 0, read);
            if (read > 0 && part.get(read - 1) == '\n') {
                return answer.toByteArray();
            }
        }
    }

    /** Requests are shorter than what a socket takes at once. */
    static void write(SocketChannel channel, ByteBuffer line) throws IOException {
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    private int read() throws IOException {
        try {
            return channel.read(part.clear());
        } catch (IOException e) {
            throw new IOException("The speaker at " + socket + " hung up without an answer.", e);
        }
    }

    private void await(long deadline, Duration timeout) throws IOException {
        long left = deadline - System.nanoTime();
        if (left > 0) {
            // Rounded up: 0 would be forever.
            selector.select(left / 1_000_000 + 1);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("Interrupted while waiting for the speaker.");
        }
        if (selector.selectedKeys().isEmpty()) {
            throw new IOException("The speaker at " + socket + " gave no answer within "
                    + timeout.toMillis() + " ms.");
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void close() {
        try (channel; selector) {
            part.clear();
        } catch (IOException e) {
            // There is nothing left that it could be used for.
        }
    }
}
