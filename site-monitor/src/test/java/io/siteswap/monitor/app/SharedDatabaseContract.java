package io.siteswap.monitor.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Requirement E3: what {@link DaemonTest} shows of Raft, with the log in a real database. */
abstract class SharedDatabaseContract extends DaemonTest {

    /** Stops the database's server where it stands, and lets it go on. */
    abstract void signal(String signal) throws Exception;

    /** Nobody could be told that the lease is renewed, so it is not. */
    @Test
    void withoutTheDatabaseTheActiveSiteFencesItselfAndIsThereAgainWithIt() throws Exception {
        for (String node : NODES) {
            start(node);
        }
        await("dc1 is active", () -> active("dc1"));
        await("nothing runs", () -> shop("dc1").path("running").isNull());
        long epoch = shop("dc1").path("epoch").asLong();
        signal("STOP");
        try {
            await("dc1 has fenced itself", () -> Files.notExists(folder.resolve("app-dc1"))
                    && get("dc1", "/api/active/shop").statusCode() == 503);
            assertTrue(Files.notExists(folder.resolve("app-dc2")), "nobody else can be granted it");
        } finally {
            signal("CONT");
        }
        await("a site is active again", () -> active("dc1") || active("dc2"));
        await("under a newer epoch", () -> shop("arb").path("epoch").asLong() > epoch);
    }

    private boolean active(String site) throws Exception {
        return Files.exists(folder.resolve("app-" + site))
                && get(site, "/api/active/shop").statusCode() == 200;
    }
}
