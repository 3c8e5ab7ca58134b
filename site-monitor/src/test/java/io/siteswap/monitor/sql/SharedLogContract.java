package io.siteswap.monitor.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.config.ClusterConfig.SharedDatabase;
import io.siteswap.monitor.log.Ear;
import io.siteswap.monitor.log.LogContract;
import io.siteswap.monitor.log.Members;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** What is particular to a log in a shared database, on a real server. */
abstract class SharedLogContract extends LogContract<SqlLog> {

    protected abstract SharedDatabase database() throws Exception;

    /** As an administrator. */
    protected abstract void execute(String statement) throws Exception;

    /** Stops the server where it stands, and lets it go on. */
    protected abstract void signal(String signal) throws Exception;

    /** Ends all connections of the logs. */
    protected abstract void cutConnections() throws Exception;

    @Override
    protected Members<SqlLog> members(int snapshotEvery) throws Exception {
        execute("DROP TABLE IF EXISTS siteswap_log, siteswap_snapshot, siteswap_leader");
        return new SharedMembers(folder, database(), snapshotEvery);
    }

    @Test
    void withoutTheDatabaseProposalsFailInTimeAndNobodyLeads() throws Exception {
        try (Members<SqlLog> all = members(1000)) {
            all.openAll();
            all.lead("arb");
            propose(all.log("dc1"), report("dc1", 1));
            signal("STOP");
            try {
                long start = System.nanoTime();
                var renewal = all.log("dc1").propose(new Command.Renew("dc1"));
                assertThrows(ExecutionException.class, renewal::get);
                long millis = (System.nanoTime() - start) / 1_000_000;
                assertTrue(millis < 3_000, millis + " ms");
                Members.await("it leads no more", () -> !all.ear("arb").leading);
                assertEquals("", all.log("dc2").leader());
            } finally {
                signal("CONT");
            }
            assertInstanceOf(Reply.Done.class, propose(all.log("dc1"), report("dc1", 2)));
            all.lead("arb");
        }
    }

    /** Whether an attempt was committed when its connection broke, the log itself tells. */
    @Test
    void whatBreaksInTheMiddleIsCommittedOnceOrNotAtAll() throws Exception {
        try (Members<SqlLog> all = members(1000)) {
            all.openAll();
            all.lead("arb");
            all.ear("dc2").commands.clear();
            List<Command> acknowledged = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                var reply = all.log("dc1").propose(report("dc1", i));
                if (i % 4 == 0) {
                    cutConnections();
                }
                try {
                    assertInstanceOf(Reply.Done.class, reply.get());
                    acknowledged.add(report("dc1", i));
                } catch (ExecutionException e) {
                    // It may or may not be there.
                }
            }
            assertTrue(acknowledged.size() > 40, acknowledged.size() + " of 60");
            Members.await("dc2 has all that was acknowledged",
                    () -> all.ear("dc2").commands.containsAll(acknowledged));
            List<Command> there = List.copyOf(all.ear("dc2").commands);
            assertEquals(List.copyOf(new LinkedHashSet<>(there)), there);
        }
    }

    /** As after a failover of the database to a replica that lagged behind. */
    @Test
    void aDatabaseThatLostEntriesStopsEveryMonitorThatSawThem() throws Exception {
        try (Members<SqlLog> all = members(1000)) {
            all.openAll();
            all.lead("arb");
            for (int i = 0; i < 5; i++) {
                propose(all.log("dc1"), report("dc1", i));
            }
            for (String name : Members.NAMES) {
                Members.await(name + " has all", () -> all.ear(name).commands.size() >= 5);
            }
            execute("DELETE FROM siteswap_log WHERE pos >= 4");
            for (String name : Members.NAMES) {
                String why = all.ear(name).failures.take();
                assertTrue(why.startsWith("the shared database has lost what it had committed:"
                        + " entry "), why);
            }
            all.closeAll();
            all.open("dc1");
            String again = all.ear("dc1").failures.take();
            assertTrue(again.contains("is gone; read docs/shared-database.md"), again);
            all.close("dc1");
            // Who has never seen them cannot know, and goes on from what is there.
            all.wipe("dc2");
            all.open("dc2");
            propose(all.log("dc2"), report("dc2", 9));
            // Another entry at that place is no better.
            for (int i = 10; i < 14; i++) {
                propose(all.log("dc2"), report("dc2", i));
            }
            all.open("dc1");
            String other = all.ear("dc1").failures.take();
            assertTrue(other.contains("is another one now"), other);
        }
    }

    @Test
    void aRefusedPasswordIsOneSentence() throws Exception {
        SharedDatabase right = database();
        var wrong = new SharedDatabase(right.url(), right.user(), "wrong");
        SqlSettings settings = new SharedMembers(folder, right, 1000).settings("dc1", wrong);
        IOException failure = assertThrows(IOException.class,
                () -> SqlLog.open(settings, new Ear()).close());
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.startsWith("the shared database refuses this monitor: "), message);
        assertEquals(1, message.lines().count());
    }
}
