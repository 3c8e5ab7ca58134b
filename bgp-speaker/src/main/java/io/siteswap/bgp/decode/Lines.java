package io.siteswap.bgp.decode;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes and counts lines. */
final class Lines {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final OutputStream out;
    private long count;
    private long faulty;

    Lines(OutputStream out) {
        this.out = out;
    }

    void print(Map<String, Object> line) throws IOException {
        count++;
        if (line.get("errors") instanceof Collection<?> errors && !errors.isEmpty()) {
            faulty++;
        }
        out.write((MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    long count() {
        return count;
    }

    long faulty() {
        return faulty;
    }
}
