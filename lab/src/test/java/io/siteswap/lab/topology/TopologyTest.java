package io.siteswap.lab.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The shipped topology file: valid for containerlab, and consistent with what it binds. */
class TopologyTest {

    private static final Path FILE = Path.of("topology.clab.yml");

    @Test
    void isValidForContainerlab() throws IOException {
        var schema = Path.of(Optional.ofNullable(System.getenv("SITESWAP_ORACLE"))
                .orElse("../../shared/oracle"), "containerlab", "clab.schema.json");
        assumeTrue(Files.isReadable(schema), "containerlab's schema is not at "
                + schema.toAbsolutePath().normalize() + "; set SITESWAP_ORACLE to its folder");
        var errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(Files.readString(schema))
                .validate(new YAMLMapper().readTree(FILE));
        assertEquals(List.of(), errors);
    }

    @Test
    void everyBoundFileExistsInTheSourceTree() throws IOException {
        for (var node : Topology.read(FILE).nodes().values()) {
            for (var bind : node.binds()) {
                var built = bind.source().toString().contains("/target/");
                assertTrue(built || Files.exists(bind.source()),
                        node.name() + " binds " + bind.source());
            }
        }
    }

    @Test
    void everyPortIsUsedOnceAndEveryNodeIsConnected() throws IOException {
        var topology = Topology.read(FILE);
        var ports = topology.links().stream()
                .flatMap(link -> List.of(link.left(), link.right()).stream()).toList();
        assertEquals(ports.size(), new HashSet<>(ports).size(), "a port has two cables");
        assertEquals(topology.nodes().keySet(),
                new HashSet<>(ports.stream().map(Topology.Port::node).toList()));
    }

    @Test
    void everyNodeSaysWhenItsNetworkIsThere() throws IOException {
        for (var node : Topology.read(FILE).nodes().values()) {
            assertEquals(List.of("touch", "/run/lab-ready"), node.exec().getLast(), node.name());
        }
    }

    @Test
    void nodesTakeWhatTheirKindSaysAndWordsAreSplitAtBlanks() throws IOException {
        var topology = Topology.read(FILE);
        var router = Objects.requireNonNull(topology.nodes().get("isp1"));
        var app = Objects.requireNonNull(topology.nodes().get("dc1-app1"));
        assertEquals("quay.io/frrouting/frr:10.3", router.image());
        assertEquals("siteswap-lab:latest", app.image());
        assertEquals(List.of("/lab/bin/node", "app", "dc1", "198.18.1.20"), app.command());
        assertEquals("1", router.sysctls().get("net.ipv4.ip_forward"));
        assertEquals(List.of("dc1-app1", "dc1-app2", "dc1-db", "dc1-edge", "dc1-lb"),
                topology.nodesOf("dc1"));
    }

    @Test
    void aLinkToNoNodeIsNamed(@TempDir Path dir) throws IOException {
        var file = Files.writeString(dir.resolve("t.yml"), """
                name: t
                topology:
                  nodes: {a: {kind: linux, image: x, exec: ['sh -c "echo a b"']}}
                  links: [{endpoints: ["a:eth1", "b:eth1"]}]
                """);
        var error = assertThrows(IOException.class, () -> Topology.read(file));
        assertTrue(Objects.requireNonNull(error.getMessage()).endsWith(
                "link endpoint 'b:eth1' names no node."), error.getMessage());
    }

    @Test
    void quotesGroupWords(@TempDir Path dir) throws IOException {
        var file = Files.writeString(dir.resolve("t.yml"), """
                name: t
                topology:
                  nodes: {a: {kind: linux, image: x, exec: ['sh -c "echo a b"']}}
                """);
        var node = Objects.requireNonNull(Topology.read(file).nodes().get("a"));
        assertEquals(List.of(List.of("sh", "-c", "echo a b")), node.exec());
    }
}
