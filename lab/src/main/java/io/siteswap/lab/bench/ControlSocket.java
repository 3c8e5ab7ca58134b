package io.siteswap.lab.bench;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * A daemon's own control socket, spoken to directly: starting its command line tool would cost more
 * than what is measured.
 */
final class ControlSocket implements AutoCloseable {

    private final SocketChannel channel;
    private final Predicate<String> whole;

    /** @param whole whether the text so far is a whole answer */
    ControlSocket(Path path, Predicate<String> whole) throws IOException {
        this.channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
        this.whole = whole;
    }

    String ask(String command) throws IOException {
        var out = StandardCharsets.ISO_8859_1.encode(command);
        while (out.hasRemaining()) {
            channel.write(out);
        }
        return answer();
    }

    String answer() throws IOException {
        var text = new StringBuilder();
        var buffer = ByteBuffer.allocate(1 << 14);
        while (!whole.test(text.toString())) {
            if (channel.read(buffer) < 0) {
                throw new IOException("the daemon hung up its control socket after: " + text);
            }
            text.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
            buffer.clear();
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
