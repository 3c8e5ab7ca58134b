package io.siteswap.monitor.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.probe.PostgresState;
import io.siteswap.policy.plan.Step.Verb;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real primary and its streaming standby. */
class PostgresAgentTest {

    private LocalPostgres one;
    private LocalPostgres two;
    private PostgresAgent at1;
    private PostgresAgent at2;

    @BeforeEach
    void pair() throws Exception {
        LocalPostgres.require();
        one = LocalPostgres.primary();
        one.execute("CREATE TABLE t (id INT PRIMARY KEY)");
        two = LocalPostgres.standby(one);
        at1 = new PostgresAgent("db", one.settings(two));
        at2 = new PostgresAgent("db", two.settings(one));
        Programs.await("streaming", Duration.ofSeconds(10), () -> state(two).streaming());
    }

    @AfterEach
    void stop() throws Exception {
        if (one != null) {
            one.close();
        }
        if (two != null) {
            two.close();
        }
    }

    private static PostgresState state(LocalPostgres server) throws SQLException {
        try (Connection connection = server.connect()) {
            return PostgresState.read(connection);
        }
    }

    @Test
    void rolesSwapAndSwapBackWithoutLosingARow() throws Exception {
        one.execute("INSERT INTO t VALUES (1)");
        assertTrue(at1.run(Verb.DEMOTE, "", 2).contains("down"));
        assertThrows(SQLException.class, () -> one.connect());
        at2.run(Verb.PROMOTE, "", 2);
        two.execute("INSERT INTO t VALUES (2)");
        assertEquals("db is a streaming standby.", at1.run(Verb.FOLLOW, "", 2));
        Programs.await("row 2 at one", Duration.ofSeconds(5),
                () -> one.count("SELECT count(*) FROM t") == 2);
        assertThrows(SQLException.class, () -> one.execute("INSERT INTO t VALUES (3)"));

        at2.run(Verb.DEMOTE, "", 3);
        at1.run(Verb.PROMOTE, "", 3);
        one.execute("INSERT INTO t VALUES (4)");
        at2.run(Verb.FOLLOW, "", 3);
        Programs.await("row 4 at two", Duration.ofSeconds(5),
                () -> two.count("SELECT count(*) FROM t") == 3);
        assertTrue(state(one).primary());
        assertFalse(state(two).primary());
    }

    @Test
    void everyVerbAskedTwiceSucceedsTwice() throws Exception {
        assertEquals("db is primary already.", at1.run(Verb.PROMOTE, "", 1));
        assertEquals("db streams already.", at2.run(Verb.FOLLOW, "", 1));
        assertEquals("db is a standby already.", at2.fence());
        at1.run(Verb.DEMOTE, "", 2);
        assertEquals("db is down already.", at1.run(Verb.DEMOTE, "", 2));
        assertEquals("db is down already.", at1.fence());
    }

    @Test
    void promotionAppliesWhatTheLostPrimaryHadSent() throws Exception {
        two.execute("SELECT pg_wal_replay_pause()");
        for (int i = 1; i <= 50; i++) {
            one.execute("INSERT INTO t VALUES (" + i + ")");
        }
        Programs.await("received, not replayed", Duration.ofSeconds(5),
                () -> state(two).missingBytes() > 0);
        String sent = text(one, "SELECT pg_current_wal_lsn()::text");
        Programs.await("all received", Duration.ofSeconds(5), () -> text(two,
                "SELECT (pg_last_wal_receive_lsn() >= '" + sent + "')::text").equals("true"));
        one.signal("KILL");
        String said = at2.run(Verb.PROMOTE, "", 2);
        assertTrue(said.contains("all WAL received"), said);
        assertEquals(50, two.count("SELECT count(*) FROM t"));
        two.execute("INSERT INTO t VALUES (51)");
    }

    private static String text(LocalPostgres server, String query) throws SQLException {
        try (Connection connection = server.connect();
                var ask = connection.createStatement();
                var row = ask.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void aHungServerIsStoppedByTheFenceCommandWithinTheBound() throws Exception {
        one.signal("STOP");
        long began = System.nanoTime();
        String said = at1.fence();
        long millis = (System.nanoTime() - began) / 1_000_000;
        assertTrue(said.contains("stopped at once"), said);
        assertTrue(millis < 1000, millis + " ms");
        assertFalse(Programs.listens(one.port()));
    }

    @Test
    void resyncRebuildsAServerThatDiverged() throws Exception {
        at2.run(Verb.PROMOTE, "", 2);
        one.execute("INSERT INTO t VALUES (100)");
        two.execute("INSERT INTO t VALUES (200)");
        Programs.assertSays("is primary: demote it", assertThrows(
                ResourceAgent.ActionFailed.class, () -> at1.run(Verb.RESYNC, "", 2)));
        at1.fence();
        assertEquals("db is a streaming standby.", at1.run(Verb.RESYNC, "", 2));
        assertEquals(1, one.count("SELECT count(*) FROM t"));
        assertEquals(1, one.count("SELECT count(*) FROM t WHERE id = 200"));
    }

    @Test
    void aMissingCommandIsNamed() throws Exception {
        var bare = new io.siteswap.monitor.config.ClusterConfig.ResourceSettings.Postgresql(
                one.url(), "siteswap", "secret", java.util.List.of(), java.util.List.of(),
                java.util.List.of(), java.util.List.of(), java.util.List.of());
        var failed = assertThrows(ResourceAgent.ActionFailed.class,
                () -> new PostgresAgent("db", bare).run(Verb.DEMOTE, "", 1));
        assertEquals("No command 'stop' is configured: add it.", failed.getMessage());
    }
}
