package io.siteswap.monitor.sql;

import io.siteswap.monitor.log.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this node has seen of the log, on its own disk: a database that has lost what it had
 * committed, a failover to a replica that lagged behind, say, is noticed after a restart, too.
 */
final class Memory {

    private static final Pattern FORM = Pattern.compile("siteswap-seen 1 (\\d{1,18}) (\\S+)\\n");

    /** The newest entry that was applied. */
    record Seen(long position, String id) {
        static final Seen NOTHING = new Seen(0, "");
    }

    private final Path file;

    private Memory(Path folder) {
        this.file = folder.resolve("seen");
    }

    /** @throws IOException with one sentence: the folder cannot be written */
    static Memory in(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException("cannot write to " + folder + ": " + e.getMessage(), e);
        }
        return new Memory(folder);
    }

    /** @throws IOException with one sentence: the file is damaged */
    Seen read() throws IOException {
        if (!Files.exists(file)) {
            return Seen.NOTHING;
        }
        Matcher words = FORM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!words.matches()) {
            throw new IOException(file + " is damaged: when no other monitor has lost anything,"
                    + " delete it");
        }
        return new Seen(Long.parseLong(words.group(1)), words.group(2));
    }

    /** After a power loss there is the old one or the new one. */
    void write(Seen seen) throws IOException {
        String text = "siteswap-seen 1 " + seen.position() + " " + seen.id() + "\n";
        DurableFile.replace(file, text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
