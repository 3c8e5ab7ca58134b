package io.siteswap.monitor.probe;

import io.siteswap.monitor.config.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** What {@code tcp://} and {@code http://} addresses of the configuration are probed with. */
sealed interface AddressProbe {

    /**
     * Looks once.
     *
     * @return one phrase: what answered
     * @throws IOException when nothing answered or the answer was a bad one
     */
    String look() throws IOException, InterruptedException;

    /**
     * @param expect text that an HTTP answer must contain, empty for any
     * @throws IllegalArgumentException with one sentence for any other scheme
     */
    static AddressProbe of(URI address, String expect, Duration timeout) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "tcp" -> new TcpProbe(HostPort.parse(String.valueOf(address.getRawAuthority())),
                    timeout);
            case "http", "https" -> new HttpProbe(address, expect, timeout);
            default -> throw new IllegalArgumentException(
                    "'" + address + "' cannot be probed: write tcp://host:port or http://...");
        };
    }

    /** Good when a connection is accepted. */
    record TcpProbe(HostPort to, Duration timeout) implements AddressProbe {
        @Override
        public String look() throws IOException {
            try (Socket socket = new Socket()) {
                socket.connect(to.resolve(), (int) timeout.toMillis());
                return to + " accepts connections";
            } catch (IOException e) {
                throw new IOException("no connection to " + to + ": " + e.getMessage(), e);
            }
        }
    }

    /** Good when a GET is answered with 2xx or 3xx and with the text that is expected. */
    record HttpProbe(URI to, String expect, Duration timeout) implements AddressProbe {

        /** What is expected stands near the beginning; an endless answer takes no memory. */
        private static final int MAX_BYTES = 1 << 16;

        private static final HttpClient CLIENT = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
                .build();

        @Override
        public String look() throws IOException, InterruptedException {
            HttpRequest get = HttpRequest.newBuilder(to).timeout(timeout)
                    .header("User-Agent", "siteswap-probe").build();
            int status;
            String text = "";
            try {
                if (expect.isEmpty()) {
                    status = CLIENT.send(get, HttpResponse.BodyHandlers.discarding())
                            .statusCode();
                } else {
                    HttpResponse<InputStream> answer = CLIENT.send(get,
                            HttpResponse.BodyHandlers.ofInputStream());
                    status = answer.statusCode();
                    try (InputStream body = answer.body()) {
                        text = new String(body.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
                    }
                }
            } catch (IOException e) {
                throw new IOException("no answer from " + to + ": "
                        + (e.getMessage() == null ? "no connection" : e.getMessage()), e);
            }
            if (status < 200 || status > 399) {
                throw new IOException(to + " answers " + status);
            }
            if (!text.contains(expect)) {
                throw new IOException(to + " answers " + status + " without '" + expect + "'");
            }
            return to + " answers " + status;
        }
    }
}
