package io.siteswap.monitor.app;

import io.siteswap.monitor.action.LocalMariadb;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Three whole monitors whose log is in a real MariaDB. */
class SharedMariadbTest extends SharedDatabaseContract {

    private static LocalMariadb server;

    @BeforeAll
    static void startDatabase() throws Exception {
        LocalMariadb.require();
        server = LocalMariadb.start(1);
        server.execute("siteswap", "SET GLOBAL read_only = OFF");
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void empty() throws Exception {
        server.execute("siteswap",
                "DROP TABLE IF EXISTS siteswap_log, siteswap_snapshot, siteswap_leader");
    }

    @Override
    String log() {
        return "log: {sql: {url: '" + server.url() + "', user: siteswap, password: secret}}\n";
    }

    @Override
    void signal(String signal) throws Exception {
        server.signal(signal);
    }
}
