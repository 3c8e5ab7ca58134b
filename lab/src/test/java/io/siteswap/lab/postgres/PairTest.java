package io.siteswap.lab.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real primary and its real standby: stream, promote, rebuild the old primary. */
@Timeout(120)
class PairTest {
    @TempDir
    Path dir;
    private Server one;
    private Server two;

    @BeforeEach
    void startPair() throws Exception {
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        String net = "127." + ThreadLocalRandom.current().nextInt(16, 250);
        Account account = Account.choose();
        Path home = Bundle.unpacked();
        one = new Server("one", home, account, dir.resolve("one"), net + ".1.1", 15432,
                net + ".2.1");
        two = new Server("two", home, account, dir.resolve("two"), net + ".2.1", 15432,
                net + ".1.1");
        one.prepare(two.data());
        two.prepare(one.data());
        one.initialise();
        one.control("start");
        one.createTables();
        one.control("stop");
        one.copyStoppedTo(two);
        one.control("start");
        two.control("start");
    }

    @AfterEach
    void stop() throws Exception {
        for (Server server : List.of(one, two)) {
            server.control("fence");
        }
    }

    @Test
    void standbyTakesOverAndTheOldPrimaryIsRebuilt() throws Exception {
        insert(one, 1);
        awaitRow(two, 1);
        assertThrows(SQLException.class, () -> insert(two, 2), "a standby refuses writes");

        one.processes().forEach(ProcessHandle::destroyForcibly);
        try (Connection c = two.connect(Server.DATABASE, 10)) {
            c.createStatement().execute("select pg_promote(true, 20)");
        }
        insert(two, 3);

        one.control("resync");
        awaitRow(one, 3);
        assertThrows(SQLException.class, () -> insert(one, 4), "rebuilt as a standby");
    }

    @Test
    void roleSwapAfterCleanStop() throws Exception {
        insert(one, 1);
        one.control("stop");
        one.control("stop");
        try (Connection c = two.connect(Server.DATABASE, 10)) {
            c.createStatement().execute("select pg_promote(true, 20)");
        }
        insert(two, 2);
        one.control("follow");
        awaitRow(one, 2);
        assertTrue(one.processes().size() > 1);
        one.control("fence");
        assertEquals(List.of(), one.processes());
    }

    private static void insert(Server server, long id) throws SQLException {
        try (Connection c = server.connect(Server.DATABASE, 5)) {
            c.createStatement().execute("insert into tx(id, site) values (" + id + ", 'x')");
        }
    }

    private static void awaitRow(Server server, long id) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        try (Connection c = server.connect(Server.DATABASE, 10)) {
            while (true) {
                try (ResultSet rows = c.createStatement()
                        .executeQuery("select count(*) from tx where id = " + id)) {
                    rows.next();
                    if (rows.getInt(1) == 1) {
                        return;
                    }
                }
                assertTrue(System.nanoTime() < end,
                        "row " + id + " did not reach " + server.site());
                Thread.sleep(20); // replication offers no event to wait for on the standby
            }
        }
    }
}
