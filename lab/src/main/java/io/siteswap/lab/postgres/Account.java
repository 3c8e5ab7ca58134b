package io.siteswap.lab.postgres;

import io.siteswap.lab.LabFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The account that PostgreSQL runs under: it refuses to run as root.
 *
 * @param prefix argv put before each PostgreSQL command
 * @param owner account that must own the data directory; empty: leave it as created
 */
public record Account(List<String> prefix, String owner) {
    private static final String NOBODY = "65534";

    public Account {
        prefix = List.copyOf(prefix);
    }

    /** The account of this process, or for root one that PostgreSQL accepts. */
    public static Account choose() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new Account(List.of(), "");
        }
        List<String> setpriv = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY,
                "--clear-groups");
        if (works(setpriv)) {
            return new Account(setpriv, "nobody");
        }
        // Without a mapping every file of root's looks like nobody's own in the new namespace.
        List<String> unshare = List.of("unshare", "--user");
        if (works(unshare)) {
            return new Account(unshare, "");
        }
        throw new LabFailure("PostgreSQL refuses to run as root, and neither setpriv nor unshare"
                + " works here: run the demo as an ordinary user");
    }

    private static boolean works(List<String> prefix) {
        try {
            Process id = new ProcessBuilder(
                    Stream.concat(prefix.stream(), Stream.of("id", "-u")).toList())
                    .redirectErrorStream(true).start();
            String said = new String(id.getInputStream().readAllBytes(),
                    StandardCharsets.UTF_8).strip();
            return id.waitFor() == 0 && said.equals(NOBODY);
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Gives the folder itself to the account. */
    public void own(Path folder) throws IOException {
        if (!owner.isEmpty()) {
            Files.setOwner(folder, folder.getFileSystem().getUserPrincipalLookupService()
                    .lookupPrincipalByName(owner));
        }
    }
}
