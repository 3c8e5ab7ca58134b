package io.siteswap.monitor.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.probe.MariadbState;
import io.siteswap.monitor.config.ClusterConfig.LossPolicy;
import io.siteswap.policy.plan.Step.Verb;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two real servers with GTID replication. */
class MariadbAgentTest {

    private LocalMariadb one;
    private LocalMariadb two;
    private MariadbAgent at1;
    private MariadbAgent at2;

    @BeforeEach
    void pair() throws Exception {
        LocalMariadb.require();
        one = LocalMariadb.start(1);
        two = LocalMariadb.start(2);
        at1 = new MariadbAgent("db", one.settings(two));
        at2 = new MariadbAgent("db", two.settings(one));
        at1.run(Verb.PROMOTE, "", 1);
        one.execute("app", "CREATE TABLE shop.t (id INT PRIMARY KEY) ENGINE=InnoDB");
        at2.run(Verb.FOLLOW, "", 1);
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

    private static MariadbState state(LocalMariadb server) throws SQLException {
        try (Connection connection = server.connect("siteswap")) {
            return MariadbState.read(connection);
        }
    }

    @Test
    void rolesSwapAndSwapBackWithoutLosingARow() throws Exception {
        one.execute("app", "INSERT INTO shop.t VALUES (1)");
        Connection client = one.connect("app");

        String said = at1.run(Verb.DEMOTE, "", 2);
        assertTrue(said.contains("everything sent to the replica"), said);
        assertThrows(SQLException.class, () -> client.createStatement().execute("SELECT 1"),
                "the client's connection was cut");
        assertThrows(SQLException.class,
                () -> one.execute("app", "INSERT INTO shop.t VALUES (2)"));
        at2.run(Verb.PROMOTE, "", 2);
        two.execute("app", "INSERT INTO shop.t VALUES (3)");
        assertTrue(at1.run(Verb.FOLLOW, "", 2).contains("replicates from"));
        Programs.await("row 3 at one", Duration.ofSeconds(5),
                () -> one.count("SELECT count(*) FROM shop.t") == 2);

        at2.run(Verb.DEMOTE, "", 3);
        at1.run(Verb.PROMOTE, "", 3);
        one.execute("app", "INSERT INTO shop.t VALUES (4)");
        at2.run(Verb.FOLLOW, "", 3);
        Programs.await("row 4 at two", Duration.ofSeconds(5),
                () -> two.count("SELECT count(*) FROM shop.t") == 3);
        assertTrue(state(two).readOnly());
        assertFalse(state(one).readOnly());
    }

    @Test
    void everyVerbAskedTwiceSucceedsTwice() throws Exception {
        assertEquals("db is writable already.", at1.run(Verb.PROMOTE, "", 1));
        assertTrue(at2.run(Verb.FOLLOW, "", 1).contains("already"));
        at1.run(Verb.DEMOTE, "", 2);
        at1.run(Verb.DEMOTE, "", 2);
        at1.fence();
        assertTrue(state(one).readOnly());
    }

    @Test
    void promotionAppliesWhatTheLostPrimaryHadSent() throws Exception {
        // The standby has received everything and applies nothing yet: another holds a lock.
        try (Connection blocker = two.connect("siteswap");
                Statement lock = blocker.createStatement()) {
            lock.execute("FLUSH TABLES WITH READ LOCK");
            for (int i = 1; i <= 50; i++) {
                one.execute("app", "INSERT INTO shop.t VALUES (" + i + ")");
            }
            Programs.await("all received", Duration.ofSeconds(5),
                    () -> state(two).replica().orElseThrow().received()
                            .holds(state(one).written()));
            assertFalse(state(two).drained());
            one.signal("KILL");
            Thread promotion = Thread.ofVirtual().start(() -> {
                try {
                    at2.run(Verb.PROMOTE, "", 2);
                } catch (ResourceAgent.ActionFailed | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertFalse(promotion.join(Duration.ofMillis(300)), "waits for the relay log");
            assertTrue(state(two).readOnly());
            lock.execute("UNLOCK TABLES");
            assertTrue(promotion.join(Duration.ofSeconds(10)));
        }
        assertFalse(state(two).readOnly());
        assertEquals(50, two.count("SELECT count(*) FROM shop.t"));
    }

    @Test
    void aTransactionUnderWayDoesNotHoldUpDemotion() throws Exception {
        try (Connection client = one.connect("app")) {
            client.setAutoCommit(false);
            try (Statement run = client.createStatement()) {
                run.execute("INSERT INTO shop.t VALUES (7)");
                run.execute("LOCK TABLES shop.t WRITE");
            }
            at1.run(Verb.DEMOTE, "", 2);
            assertThrows(SQLException.class, client::commit);
        }
        assertTrue(state(one).readOnly());
    }

    @Test
    void onLossItIsDemotedInOrderOrFencedWhenItHangs() throws Exception {
        one.execute("app", "INSERT INTO shop.t VALUES (1)");
        ResourceAgent careful = OnLoss.of("db", at1, LossPolicy.DEMOTE, Duration.ofSeconds(10));
        String said = careful.fence();
        assertTrue(said.contains("everything sent to the replica"), said);
        assertTrue(state(one).readOnly());
        at1.run(Verb.PROMOTE, "", 2);
        one.signal("STOP");
        long began = System.nanoTime();
        said = OnLoss.of("db", at1, LossPolicy.DEMOTE, Duration.ofSeconds(1)).fence();
        long millis = (System.nanoTime() - began) / 1_000_000;
        assertTrue(millis < 1000, millis + " ms");
        assertTrue(said.contains("killed") || said.contains("fence command"), said);
    }

    @Test
    void aHungServerIsKilledByTheFenceCommandWithinTheBound() throws Exception {
        one.signal("STOP");
        long began = System.nanoTime();
        String said = at1.fence();
        long millis = (System.nanoTime() - began) / 1_000_000;
        assertTrue(said.contains("was killed"), said);
        assertTrue(millis < 1000, millis + " ms");
        Programs.await("the server is gone", Duration.ofSeconds(5), () -> !one.alive());
        assertEquals("db is down already.", at1.fence());
    }

    @Test
    void aDivergedServerSaysThatItNeedsResync() throws Exception {
        at1.run(Verb.DEMOTE, "", 2);
        at2.run(Verb.PROMOTE, "", 2);
        one.execute("siteswap", "SET GLOBAL read_only=0");
        one.execute("app", "INSERT INTO shop.t VALUES (100)");
        one.execute("app", "INSERT INTO shop.t VALUES (101)");
        two.execute("app", "INSERT INTO shop.t VALUES (200)");
        var failed = assertThrows(ResourceAgent.ActionFailed.class,
                () -> at1.run(Verb.FOLLOW, "", 2));
        Programs.assertSays("resync", failed);
    }
}
