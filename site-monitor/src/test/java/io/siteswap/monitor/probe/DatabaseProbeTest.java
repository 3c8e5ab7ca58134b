package io.siteswap.monitor.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.action.LocalMariadb;
import io.siteswap.monitor.action.LocalPostgres;
import io.siteswap.monitor.action.Programs;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Probes of real servers. */
class DatabaseProbeTest {

    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private static Observation.Database look(DatabaseProbe probe) throws Exception {
        return (Observation.Database) probe.look();
    }

    private static DatabaseProbe probe(LocalPostgres server) {
        return new DatabaseProbe("shop", "db",
                new Sql(server.url(), "siteswap", "secret", Duration.ofSeconds(5)),
                DatabaseProbe::postgresql);
    }

    @Test
    void postgresqlRoleStreamingAndLag() throws Exception {
        LocalPostgres.require();
        try (LocalPostgres one = LocalPostgres.primary();
                LocalPostgres two = LocalPostgres.standby(one)) {
            DatabaseProbe at1 = probe(one);
            DatabaseProbe at2 = probe(two);
            assertTrue(look(at1).primary());
            assertFalse(look(at2).primary());
            one.execute("CREATE TABLE t AS SELECT 1 AS id");
            Programs.await("streams without lag", Duration.ofSeconds(10),
                    () -> look(at2).streaming() && look(at2).lagMillis() == 0
                            && two.count("SELECT count(*) FROM t") == 1);

            two.execute("SELECT pg_wal_replay_pause()");
            one.execute("INSERT INTO t SELECT generate_series(1, 1000)");
            Programs.await("lags", Duration.ofSeconds(10), () -> look(at2).lagMillis() > 200);
            two.execute("SELECT pg_wal_replay_resume()");
            Programs.await("caught up", Duration.ofSeconds(10), () -> look(at2).lagMillis() == 0);

            one.signal("KILL");
            Programs.await("no longer streams", Duration.ofSeconds(10),
                    () -> !look(at2).streaming());
            assertEquals(0, look(at2).lagMillis(), "all that was received is replayed");
            at1.reset();
            at2.reset();
        }
    }

    @Test
    void aWriteProbeReachesTheWalWithoutRightsOrTables() throws Exception {
        LocalPostgres.require();
        try (LocalPostgres one = LocalPostgres.primary();
                LocalPostgres two = LocalPostgres.standby(one)) {
            one.execute("CREATE ROLE watcher LOGIN PASSWORD 'secret'");
            DatabaseProbe reads = probe(one, "watcher", DatabaseProbe::postgresql);
            DatabaseProbe writes = probe(one, "watcher", DatabaseProbe::writtenPostgresql);
            long before = one.count("SELECT txid_current()");
            look(reads);
            assertEquals(before + 1, one.count("SELECT txid_current()"), "reading takes no number");
            assertTrue(look(writes).primary());
            assertEquals(before + 3, one.count("SELECT txid_current()"),
                    "a transaction of its own");
            assertFalse(look(probe(two, "siteswap", DatabaseProbe::writtenPostgresql)).primary(),
                    "a standby is not written to");
        }
    }

    private static DatabaseProbe probe(LocalPostgres server, String user,
            DatabaseProbe.Reader reader) {
        return new DatabaseProbe("shop", "db",
                new Sql(server.url(), user, "secret", Duration.ofSeconds(5)), reader);
    }

    @Test
    void aWriteProbeFlushesMariadb() throws Exception {
        LocalMariadb.require();
        try (LocalMariadb one = LocalMariadb.start(1)) {
            DatabaseProbe writes = new DatabaseProbe("shop", "db",
                    new Sql(one.url(), "siteswap", "secret", Duration.ofSeconds(5)),
                    DatabaseProbe::writtenMariadb);
            assertFalse(look(writes).primary());
            one.execute("siteswap", "SET GLOBAL read_only=0");
            assertTrue(look(writes).primary());
            writes.reset();
        }
    }

    @Test
    void mariadbRoleStreamingAndLag() throws Exception {
        LocalMariadb.require();
        try (LocalMariadb one = LocalMariadb.start(1); LocalMariadb two = LocalMariadb.start(2)) {
            DatabaseProbe at1 = probe(one, Duration.ofSeconds(5));
            DatabaseProbe at2 = probe(two, Duration.ofSeconds(5));
            assertFalse(look(at1).primary(), "it starts read-only");
            one.execute("siteswap", "SET GLOBAL read_only=0");
            assertTrue(look(at1).primary());
            two.execute("siteswap", "CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT="
                    + one.port() + ", MASTER_USER='repl', MASTER_PASSWORD='secret',"
                    + " MASTER_USE_GTID=slave_pos");
            assertFalse(look(at2).streaming());
            two.execute("siteswap", "START SLAVE");
            one.execute("app", "CREATE TABLE shop.t (id INT PRIMARY KEY) ENGINE=InnoDB");
            Programs.await("streams", Duration.ofSeconds(10),
                    () -> look(at2).streaming() && look(at2).lagMillis() == 0
                            && two.count("SELECT count(*) FROM information_schema.tables"
                                    + " WHERE table_schema = 'shop'") == 1);
            try (Connection blocker = two.connect("siteswap");
                    var lock = blocker.createStatement()) {
                lock.execute("FLUSH TABLES WITH READ LOCK");
                one.execute("app", "INSERT INTO shop.t VALUES (1)");
                Programs.await("lags", Duration.ofSeconds(10), () -> look(at2).lagMillis() >= 1000);
                one.signal("KILL");
                Programs.await("no longer streams", Duration.ofSeconds(10),
                        () -> !look(at2).streaming());
            }
            Programs.await("what was received is applied", Duration.ofSeconds(10),
                    () -> look(at2).lagMillis() == 0);
            at1.reset();
            at2.reset();
        }
    }

    private static DatabaseProbe probe(LocalMariadb server, Duration bound) {
        return new DatabaseProbe("shop", "db",
                new Sql(server.url(), "siteswap", "secret", bound), DatabaseProbe::mariadb);
    }

    @Test
    void aHungServerIsBadAndOneThatWakesUpIsGoodAgain() throws Exception {
        LocalMariadb.require();
        try (LocalMariadb server = LocalMariadb.start(1)) {
            Queue<Observation> seen = new ConcurrentLinkedQueue<>();
            Watch watch = Watch.start(List.of(new Paced(probe(server, TIMEOUT), PERIOD, TIMEOUT)),
                    seen::add);
            try {
                Programs.await("good", Duration.ofSeconds(10),
                        () -> seen.stream().anyMatch(Observation::good));
                server.signal("STOP");
                seen.clear();
                Programs.await("bad five times", Duration.ofSeconds(10),
                        () -> seen.stream().filter(o -> !o.good()).count() >= 5);
                server.signal("CONT");
                seen.clear();
                Programs.await("good", Duration.ofSeconds(10),
                        () -> seen.stream().anyMatch(Observation::good));
                Programs.await("nothing piled up", Duration.ofSeconds(10),
                        () -> server.count("SELECT count(*) FROM information_schema.processlist"
                                + " WHERE user = 'siteswap'") <= 2);
            } finally {
                watch.close();
            }
        }
    }

    @Test
    void aServerThatIsNotThereIsBadWithItsReason() throws Exception {
        DatabaseProbe probe = new DatabaseProbe("shop", "db",
                new Sql("jdbc:postgresql://127.0.0.1:" + Programs.freePort() + "/x", "u", "p",
                        TIMEOUT),
                DatabaseProbe::postgresql);
        Queue<Observation> seen = new ConcurrentLinkedQueue<>();
        Watch watch = Watch.start(List.of(new Paced(probe, PERIOD, TIMEOUT)), seen::add);
        try {
            Programs.await("bad", Duration.ofSeconds(10), () -> !seen.isEmpty());
        } finally {
            watch.close();
        }
        assertFalse(seen.element().good());
        assertTrue(seen.element().detail().contains("refused"), seen.element().detail());
    }
}
