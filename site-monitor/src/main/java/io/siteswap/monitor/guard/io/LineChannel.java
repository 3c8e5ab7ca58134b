package io.siteswap.monitor.guard.io;

import io.siteswap.monitor.guard.Line;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines over a socket. One thread reads, one writes; anyone closes. */
final class LineChannel implements AutoCloseable {

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(4096).flip();

    LineChannel(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * The next line that means something; blocks. Lines that mean nothing are passed over: they may
     * be a newer version's.
     *
     * @throws IOException the other end is gone, or talks nonsense without end
     */
    Line next() throws IOException {
        while (true) {
            Optional<Line> line = Line.parse(text());
            if (line.isPresent()) {
                return line.get();
            }
        }
    }

    private String text() throws IOException {
        StringBuilder text = new StringBuilder();
        while (true) {
            while (in.hasRemaining()) {
                char next = (char) (in.get() & 0x7f);
                if (next == '\n') {
                    return text.toString();
                }
                text.append(next);
                if (text.length() > Line.MAX_CHARS) {
                    throw new IOException("a line without an end");
                }
            }
            in.clear();
            int n = channel.read(in);
            in.flip();
            if (n < 0) {
                throw new IOException("the other end is gone");
            }
        }
    }

    void send(Line line) throws IOException {
        ByteBuffer out = ByteBuffer.wrap((line.text() + "\n").getBytes(StandardCharsets.US_ASCII));
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Gone is gone.
        }
    }
}
