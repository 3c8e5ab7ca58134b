package io.siteswap.monitor.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.siteswap.monitor.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {

    private static final Path GOOD = Path
            .of("src/test/resources/io/siteswap/monitor/config/good.yaml");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aSiteIsGuardedWhenEachOfItsNodesIs() throws IOException {
        String plain = Files.readString(GOOD);
        assertEquals(Set.of(), guarded(plain));
        assertEquals(Set.of("dc1"), guarded(with(plain, "dc1")));
        assertEquals(Set.of("dc1", "dc2"), guarded(with(with(plain, "dc1"), "dc2")));
    }

    private static String with(String yaml, String site) {
        return yaml.replace("    site: " + site + "\n",
                "    site: " + site + "\n    guard: true\n");
    }

    private Set<String> guarded(String yaml) throws IOException {
        var loaded = assertInstanceOf(ConfigFile.Loaded.class,
                ConfigFile.load(Files.writeString(folder.resolve("siteswap.yaml"), yaml)));
        return Cluster.of(loaded.config()).services().getFirst().guarded();
    }
}
