package io.siteswap.monitor.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.app.SpeakerOptions;
import io.siteswap.bgp.bmp.BmpOptions;
import io.siteswap.bgp.rib.PrefixFilter;
import io.siteswap.bgp.rtr.RtrOptions;
import io.siteswap.bgp.speaker.ExportScope;
import io.siteswap.bgp.wire.BgpRole;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.monitor.config.ClusterConfig.ResourceSettings;
import io.siteswap.policy.plan.Resource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each {@code NAME.yaml} beside {@code NAME.expected}: what the file is told. */
class ConfigFileTest {

    private static final Path STORIES = Path.of("src/test/resources/io/siteswap/monitor/config");

    static List<Path> stories() throws IOException {
        try (Stream<Path> files = Files.list(STORIES)) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("stories")
    void says(Path yaml) throws IOException {
        String name = yaml.getFileName().toString();
        Path golden = yaml.resolveSibling(name.replace(".yaml", ".expected"));
        String said = said(ConfigFile.parse(name, Files.readString(yaml), STORIES));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, said);
        }
        assertEquals(Files.readString(golden), said);
    }

    private static String said(ConfigFile.Result result) {
        return switch (result) {
            case ConfigFile.Loaded loaded -> lines("warning: ", loaded.warnings());
            case ConfigFile.Invalid invalid -> lines("", invalid.problems());
        };
    }

    private static String lines(String prefix, List<Problem> problems) {
        return problems.stream().map(p -> prefix + p + "\n").collect(Collectors.joining());
    }

    @Test
    void bindsEverything() throws IOException {
        ClusterConfig config = good();
        assertEquals(List.of("dc1", "dc2", "arb"), List.copyOf(config.sites().keySet()));
        assertEquals(Duration.ofMillis(800), config.timing().lease());
        ClusterConfig.Node dc1 = of(config.nodes(), "dc1");
        assertEquals("127.9.1.1:7101", dc1.raftListen());
        assertEquals(Path.of("/var/lib/siteswap/dc1/bgp.sock"),
                dc1.speaker().orElseThrow().socket());
        assertEquals("arb:7101", of(config.nodes(), "arb").raftListen());
        assertEquals(179, of(config.nodes(), "dc2").speaker().orElseThrow().neighbors().get(0)
                .port());
        ClusterConfig.Service shop = of(config.services(), "shop");
        assertEquals(List.of(Resource.Type.PROMOTABLE, Resource.Type.STARTABLE,
                Resource.Type.ROUTABLE),
                shop.resources().stream().map(ClusterConfig.ResourceConfig::type).toList());
        var db = assertInstanceOf(ResourceSettings.Postgresql.class,
                shop.resources().get(0).at().get("dc1"));
        assertEquals(List.of("pg_ctl", "stop", "-m", "immediate"), db.fence());
        assertEquals(List.of("65535:0"), of(config.ladder(), "drain").communities());
        assertTrue(of(config.ladder(), "withdrawn").withdrawn());
    }

    @Test
    void bindsTheSharedDatabase() throws IOException {
        ClusterConfig config = assertInstanceOf(ConfigFile.Loaded.class,
                ConfigFile.load(STORIES.resolve("shared-database.yaml"))).config();
        assertEquals(Optional.of(new ClusterConfig.SharedDatabase("jdbc:postgresql://198.18.0.5,"
                + "198.18.0.6/siteswap?targetServerType=primary", "siteswap", "secret")),
                config.sharedDatabase());
        assertEquals(Optional.empty(), good().sharedDatabase());
    }

    @Test
    void bindsWhatIsLookedAt() throws IOException {
        ClusterConfig config = assertInstanceOf(ConfigFile.Loaded.class,
                ConfigFile.load(STORIES.resolve("detection.yaml"))).config();
        ClusterConfig.Node dc2 = of(config.nodes(), "dc2");
        assertEquals(Map.of("internet", "dc2-public:7102"), dc2.paths());
        assertEquals(List.of("dc2:7102", "dc2-public:7102"), dc2.heartbeatListen());
        assertEquals(List.of("127.9.1.1:7102"), of(config.nodes(), "dc1").heartbeatListen());
        ClusterConfig.Service shop = of(config.services(), "shop");
        assertEquals(Optional.of(new ClusterConfig.ClientCheck(
                URI.create("http://203.0.113.10/ready"), "shop is open", Duration.ofMillis(700),
                Duration.ofSeconds(5), Duration.ofSeconds(2))), shop.client());
        assertTrue(shop.resources().getFirst().writeProbe());
        assertEquals("ready", of(shop.apps(), "dc1").getFirst().expect());
    }

    @Test
    void bindsTheOptionsOfANeighbor() throws IOException {
        ClusterConfig config = assertInstanceOf(ConfigFile.Loaded.class,
                ConfigFile.load(STORIES.resolve("neighbor-options.yaml"))).config();
        var neighbors = of(config.nodes(), "dc1").speaker().orElseThrow().neighbors();
        var isp = neighbors.get(0).options();
        assertEquals(Optional.of("very secret"), isp.tcp().password());
        assertEquals(Optional.of(1), isp.tcp().ttlSecurity());
        assertEquals(Optional.of("eth0"), isp.tcp().device());
        assertEquals(Duration.ofMillis(50), isp.bfd().orElseThrow().transmit());
        assertEquals(Duration.ofSeconds(90),
                isp.session().gracefulRestart().orElseThrow().restartTime());
        assertEquals(Optional.of(BgpRole.CUSTOMER), isp.session().role());
        assertTrue(isp.session().strictRole() && isp.session().bfdStrict());
        assertEquals(
                List.of(new PrefixFilter.Rule(Prefix.parse("198.18.0.0/15"), 16, 24),
                        PrefixFilter.Rule.exactly(Prefix.parse("0.0.0.0/0"))),
                isp.imports().filter().rules());
        assertEquals(Duration.ofMinutes(10),
                isp.imports().maxPrefix().orElseThrow().restart());
        assertEquals(Map.of("lower-local-pref", "64511:80"), neighbors.get(0).meanings());
        var collector = neighbors.get(1);
        assertEquals(Optional.empty(), collector.options().session().gracefulRestart());
        assertEquals(ExportScope.ALL, collector.options().exports());
        assertEquals(Optional.of("198.18.1.1"), collector.nextHop());
        assertEquals(Optional.of(4), collector.options().tcp().multihop());
    }

    @Test
    void bindsWhoElseIsAskedOrTold() throws IOException {
        ClusterConfig config = assertInstanceOf(ConfigFile.Loaded.class,
                ConfigFile.load(STORIES.resolve("neighbor-options.yaml"))).config();
        var options = of(config.nodes(), "dc1").speaker().orElseThrow().options();
        var rtr = options.rtr().orElseThrow();
        assertEquals(SpeakerOptions.OwnInvalid.REFUSE, rtr.ownInvalid());
        assertEquals(List.of(new RtrOptions.Cache("rpki.example", 3323),
                new RtrOptions.Cache("2001:db8::31", 3323)), rtr.options().caches());
        assertEquals("dc1", options.bmp().orElseThrow().name());
        assertEquals(List.of(new BmpOptions.Collector("198.18.1.41", 11019)),
                options.bmp().orElseThrow().collectors());
        assertEquals(Optional.of(new SpeakerOptions.Mrt(Path.of("/var/log/siteswap"), true,
                Optional.of(Duration.ofHours(2)), Duration.ofMinutes(15), 7)), options.mrt());
    }

    private static <T> T of(Map<String, T> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    private static ClusterConfig good() throws IOException {
        return assertInstanceOf(ConfigFile.Loaded.class,
                ConfigFile.load(STORIES.resolve("good.yaml"))).config();
    }

    @Test
    void readsPasswordFilesBesideTheFile(@TempDir Path folder) throws IOException {
        String text = Files.readString(STORIES.resolve("good.yaml"))
                .replace("password: secret", "password-file: db.secret");
        Path yaml = Files.writeString(folder.resolve("siteswap.yaml"), text);
        var missing = assertInstanceOf(ConfigFile.Invalid.class, ConfigFile.load(yaml));
        assertEquals(2, missing.problems().size());
        assertTrue(missing.problems().get(0).message().contains("cannot read the password"));
        Files.writeString(folder.resolve("db.secret"), "from a file\n");
        var loaded = assertInstanceOf(ConfigFile.Loaded.class, ConfigFile.load(yaml));
        var db = assertInstanceOf(ResourceSettings.Postgresql.class,
                of(loaded.config().services(), "shop")
                        .resources().get(0).at().get("dc2"));
        assertEquals("from a file", db.password());
    }

    @Test
    void unreadableFilesAreOneSentence(@TempDir Path folder) throws IOException {
        assertEquals("no such file", only(folder.resolve("missing.yaml")));
        assertEquals("a folder, not a file", only(folder));
        Path binary = Files.write(folder.resolve("b"), new byte[]{(byte) 0xff, (byte) 0xfe, 0});
        assertEquals("not a text file in UTF-8", only(binary));
    }

    private static String only(Path path) {
        return assertInstanceOf(ConfigFile.Invalid.class, ConfigFile.load(path)).problems().get(0)
                .message();
    }
}
