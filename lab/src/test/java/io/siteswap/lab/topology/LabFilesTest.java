package io.siteswap.lab.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration files of the nodes, as the programs that read them see them. */
class LabFilesTest {

    @ParameterizedTest
    @ValueSource(strings = {"dc1-lb", "dc2-lb"})
    void haproxyTakesItsFile(String node, @TempDir Path dir) throws IOException {
        var haproxy = Path.of("/usr/sbin/haproxy");
        assumeTrue(Files.isExecutable(haproxy), "haproxy is not installed");
        var hold = Path.of("../examples/haproxy/siteswap_hold.lua").toAbsolutePath();
        var text = Files.readString(Path.of("config", node, "haproxy.cfg"))
                .replace("/etc/haproxy/siteswap_hold.lua", hold.toString());
        var file = Files.writeString(dir.resolve("haproxy.cfg"), text);
        var ended = Argv.run(List.of(haproxy.toString(), "-c", "-f", file.toString()), "");
        assertEquals(0, ended.code(), ended.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"isp1", "isp2", "transit"})
    void frrTakesItsFile(String node) throws IOException {
        var vtysh = Path.of("/usr/bin/vtysh");
        assumeTrue(Files.isExecutable(vtysh), "frr is not installed");
        var ended = Argv.run(List.of(vtysh.toString(), "--dryrun", "--inputfile",
                Path.of("config", node, "frr.conf").toString()), "");
        assertEquals(0, ended.code(), ended.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin/node", "bin/database", "images/build", "engine/up",
            "engine/down", "engine/env"})
    void shellTakesItsScripts(String script) throws IOException {
        var shell = script.startsWith("bin/") ? "sh" : "bash";
        var ended = Argv.run(List.of(shell, "-n", script), "");
        assertEquals(0, ended.code(), ended.output());
    }
}
