package io.siteswap.lab.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What this machine must have to run the lab without a container engine. */
public final class Host {

    /** Program to Debian package; each is looked for in the folders below. */
    private static final Map<String, String> PROGRAMS = Map.of("ip", "iproute2", "nft", "nftables",
            "unshare", "util-linux", "nsenter", "util-linux", "zebra", "frr", "bgpd", "frr",
            "haproxy", "haproxy", "mariadbd", "mariadb-server", "curl", "curl");
    private static final List<Path> FOLDERS = Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin",
            "/usr/lib/frr").map(Path::of).toList();

    private Host() {
    }

    /** @throws IOException with one sentence that says what is missing */
    public static void check() throws IOException {
        var missing = missing();
        if (!missing.isEmpty()) {
            throw new IOException(missing);
        }
    }

    /** One sentence, or empty when the lab can run here. */
    public static String missing() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return "the lab needs Linux; 'siteswap demo' runs anywhere.";
        }
        if (!privileged()) {
            return "the lab makes network namespaces and needs root; run it with sudo, or try"
                    + " 'siteswap demo', which does not.";
        }
        var packages = PROGRAMS.entrySet().stream().filter(program -> FOLDERS.stream()
                .noneMatch(folder -> Files.isExecutable(folder.resolve(program.getKey()))))
                .map(Map.Entry::getValue).distinct().sorted().toList();
        return packages.isEmpty()
                ? ""
                : "the lab needs programs that are not installed; on Debian: apt-get install "
                        + String.join(" ", packages);
    }

    /** CAP_NET_ADMIN and CAP_SYS_ADMIN, as in capabilities(7). */
    private static boolean privileged() {
        var needed = 1L << 12 | 1L << 21;
        try (var status = Files.lines(Path.of("/proc/self/status"))) {
            var mask = status.filter(line -> line.startsWith("CapEff:")).findFirst().orElse("0");
            return (Long.parseUnsignedLong(mask.replaceAll(".*\\s", ""), 16) & needed) == needed;
        } catch (IOException e) {
            return false;
        }
    }
}
