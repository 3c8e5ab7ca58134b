package io.siteswap.policy.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of one rule file. {@code shipped} files may say more than added ones. */
record RuleSource(String file, String text, boolean shipped) {

    /** More than any policy needs; keeps a wrong path from being read into memory. */
    static final int MAX_BYTES = 1 << 20;

    static RuleSource shipped(String name) {
        String path = "/io/siteswap/policy/rules/" + name;
        try (InputStream in = RuleSource.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("not in the distribution: " + path);
            }
            return new RuleSource(name, new String(in.readAllBytes(), StandardCharsets.UTF_8),
                    true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IOException with a sentence for the user */
    static RuleSource read(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException("there is no such rule file; check the path");
        }
        if (Files.size(path) > MAX_BYTES) {
            throw new IOException("a rule file may have at most " + MAX_BYTES + " bytes");
        }
        try {
            return new RuleSource(path.toString(), Files.readString(path), false);
        } catch (IOException e) {
            throw new IOException("cannot read the rule file as UTF-8 text: " + e.getMessage(),
                    e);
        }
    }
}
