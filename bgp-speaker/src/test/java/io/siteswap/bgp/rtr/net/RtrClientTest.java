package io.siteswap.bgp.rtr.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.siteswap.bgp.app.Await;
import io.siteswap.bgp.rtr.OwnRoute;
import io.siteswap.bgp.rtr.Pdu;
import io.siteswap.bgp.rtr.PduCodec;
import io.siteswap.bgp.rtr.RtrError;
import io.siteswap.bgp.rtr.RtrOptions;
import io.siteswap.bgp.rtr.RtrOptions.Cache;
import io.siteswap.bgp.rtr.Validity;
import io.siteswap.bgp.rtr.VrpTable;
import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.Prefix;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client with caches of plain sockets, and with a real one. */
class RtrClientTest {

    private static final String HERE = "127.77.0.31";
    private static final OwnRoute OWN = new OwnRoute(Prefix.parse("203.0.113.0/24"), 64500);

    /** Remembers the sentences about our routes. */
    private static final class Heard implements RtrListener {

        private final BlockingQueue<String> sentences = new LinkedBlockingQueue<>();

        @Override
        public void validity(OwnRoute route, Validity validity, String sentence) {
            sentences.add(sentence);
        }

        @Override
        public void table(VrpTable table) {
            // asked for by the test
        }

        @Override
        public void said(String sentence) {
            System.out.println(sentence);
        }

        String next() throws InterruptedException {
            return Optional.ofNullable(sentences.poll(20, TimeUnit.SECONDS))
                    .orElseThrow(() -> new AssertionError("nothing was said in 20 s"));
        }
    }

    private final Heard heard = new Heard();

    private RtrClient start(Cache... caches) {
        RtrClient client = RtrClient.start(RtrOptions.of(List.of(caches)), heard);
        client.watch(Set.of(OWN));
        return client;
    }

    @Test
    void anOwnRouteThatBecomesInvalidIsToldInOneSentence() throws Exception {
        try (FakeCache cache = new FakeCache(HERE); RtrClient client = start(cache.where())) {
            assertEquals(new Pdu.ResetQuery(), cache.accept().receive().pdu());
            cache.send(1, new Pdu.CacheResponse(7),
                    FakeCache.prefix(true, "203.0.113.0/24", 24, 64500), FakeCache.end(7, 1));
            assertEquals("203.0.113.0/24 originated by AS64500 is RPKI-valid by the ROA "
                    + "203.0.113.0/24 max 24.", heard.next());
            cache.send(1, new Pdu.SerialNotify(7, 2));
            assertEquals(new Pdu.SerialQuery(7, 1), cache.receive().pdu());
            cache.send(1, new Pdu.CacheResponse(7),
                    FakeCache.prefix(false, "203.0.113.0/24", 24, 64500),
                    FakeCache.prefix(true, "203.0.112.0/22", 22, 64499), FakeCache.end(7, 2));
            assertEquals("203.0.113.0/24 originated by AS64500 is RPKI-invalid: the covering "
                    + "ROA 203.0.112.0/22 max 22 names AS64499.", heard.next());
            assertEquals(1, client.validator().size());
        }
    }

    @Test
    void aCacheOfVersionZeroIsAskedAgainAtOnce() throws Exception {
        try (FakeCache cache = new FakeCache(HERE); RtrClient _ = start(cache.where())) {
            assertEquals(1, cache.accept().receive().version());
            cache.send(0, new Pdu.ErrorReport(RtrError.UNSUPPORTED_VERSION, Octets.NONE, ""))
                    .hangUp();
            assertEquals(0, cache.accept().receive().version());
            cache.send(0, new Pdu.CacheResponse(7),
                    FakeCache.prefix(true, "203.0.113.0/24", 24, 64500),
                    new Pdu.EndOfData(7, 1, Optional.empty()));
            assertEquals("203.0.113.0/24 originated by AS64500 is RPKI-valid by the ROA "
                    + "203.0.113.0/24 max 24.", heard.next());
        }
    }

    @Test
    void theNextCacheTakesOverAndTheOldDataStaysUntilThen() throws Exception {
        try (FakeCache first = new FakeCache(HERE);
                FakeCache second = new FakeCache(HERE);
                RtrClient client = start(first.where(), second.where())) {
            first.accept().send(1, new Pdu.CacheResponse(7),
                    FakeCache.prefix(true, "203.0.113.0/24", 24, 64500), FakeCache.end(7, 1));
            heard.next();
            first.die();
            second.accept();
            assertEquals(1, client.validator().size());
            second.send(1, new Pdu.CacheResponse(9),
                    FakeCache.prefix(true, "203.0.113.0/24", 24, 64499), FakeCache.end(9, 1));
            assertEquals("203.0.113.0/24 originated by AS64500 is RPKI-invalid: the covering "
                    + "ROA 203.0.113.0/24 max 24 names AS64499.", heard.next());
        }
    }

    @Test
    void hostileBytesAreReportedAndTheClientComesBack() throws Exception {
        try (FakeCache cache = new FakeCache(HERE); RtrClient client = start(cache.where())) {
            cache.accept().receive();
            cache.sendHex("0103000700000008" + "010400007fffffff");
            Pdu.ErrorReport report = assertInstanceOf(Pdu.ErrorReport.class,
                    cache.receive().pdu());
            assertEquals(RtrError.CORRUPT_DATA, report.error());
            assertEquals("010400007fffffff", report.erroneous().toString());
            cache.accept();
            assertEquals(new PduCodec.Read.Complete(1, new Pdu.ResetQuery()), cache.receive());
            // Duplicates contradict what we have.
            Pdu twice = FakeCache.prefix(true, "203.0.113.0/24", 24, 64500);
            cache.send(1, new Pdu.CacheResponse(7), twice, twice, FakeCache.end(7, 1));
            assertEquals(RtrError.DUPLICATE_ANNOUNCEMENT, assertInstanceOf(Pdu.ErrorReport.class,
                    cache.receive().pdu()).error());
            assertEquals(0, client.validator().size());
        }
    }

    @Test
    void stayrtr(@TempDir Path dir) throws Exception {
        Path stayrtr = Path.of("/usr/bin/stayrtr");
        Assumptions.assumeTrue(Files.isExecutable(stayrtr),
                "StayRTR is not installed: apt-get install stayrtr");
        Path json = Files.writeString(dir.resolve("vrps.json"), """
                {"metadata": {"buildtime": "2026-11-21T00:00:00Z"}, "roas": [
                 {"prefix": "203.0.113.0/24", "maxLength": 24, "asn": "AS64499", "ta": "t"},
                 {"prefix": "2001:db8::/32", "maxLength": 48, "asn": "AS64500", "ta": "t"}]}
                """);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HERE))) {
            port = free.getLocalPort();
        }
        Process process = new ProcessBuilder(stayrtr.toString(), "-bind", HERE + ":" + port,
                "-cache", json.toString(), "-checktime=false", "-metrics.addr", "")
                .redirectErrorStream(true).redirectOutput(dir.resolve("log").toFile()).start();
        try (RtrClient client = start(new Cache(HERE, port))) {
            assertEquals("203.0.113.0/24 originated by AS64500 is RPKI-invalid: the covering "
                    + "ROA 203.0.113.0/24 max 24 names AS64499.", heard.next());
            assertEquals(2, client.validator().size());
            assertInstanceOf(Validity.Valid.class,
                    client.validator().validate(Prefix.parse("2001:db8:1::/48"), 64500));
        } finally {
            process.destroy();
            Await.until("StayRTR has ended", () -> !process.isAlive());
        }
    }
}
