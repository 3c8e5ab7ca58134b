package io.siteswap.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.lab.demo.Layout.Place;
import io.siteswap.lab.postgres.Account;
import io.siteswap.lab.postgres.Server;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ConfigFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo writes is what the daemons accept. */
class ClusterFilesTest {
    @TempDir
    Path dir;

    @Test
    void theClusterFileIsValid() throws Exception {
        Layout layout = new Layout(77, dir);
        ClusterFiles.write(layout, new Databases(server("dc1", dir), server("dc2", dir)));
        ConfigFile.Loaded loaded = assertInstanceOf(ConfigFile.Loaded.class,
                ConfigFile.load(layout.config()));
        assertEquals(List.of(), loaded.warnings());
        ClusterConfig config = loaded.config();
        assertEquals(Set.of("dc1", "dc2", "arb"), config.nodes().keySet());
        assertEquals(2, config.services().values().iterator().next().resources().size());
    }

    @Test
    void hostNamesLeadThroughTheLinksOfTheirSite() {
        Layout layout = new Layout(77, dir);
        String hosts = ClusterFiles.hosts(layout, Place.DC2);
        assertTrue(hosts.contains("127.77.21.1 dc1\n"), hosts);
        assertTrue(hosts.contains("127.77.2.1 dc2\n"), hosts);
        assertTrue(hosts.contains("127.77.23.1 arb\n"), hosts);
    }

    private static Server server(String site, Path dir) {
        return new Server(site, dir, new Account(List.of(), ""), dir.resolve(site), "127.77.1.1",
                Layout.POSTGRES, "127.77.12.1");
    }
}
