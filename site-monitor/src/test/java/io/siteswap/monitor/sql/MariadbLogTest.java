package io.siteswap.monitor.sql;

import io.siteswap.monitor.action.LocalMariadb;
import io.siteswap.monitor.config.ClusterConfig.SharedDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The shared log on a real MariaDB. */
class MariadbLogTest extends SharedLogContract {

    private static LocalMariadb server;

    @BeforeAll
    static void start() throws Exception {
        LocalMariadb.require();
        server = LocalMariadb.start(1);
        server.execute("siteswap", "SET GLOBAL read_only = OFF");
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected SharedDatabase database() {
        return new SharedDatabase(server.url(), "siteswap", "secret");
    }

    @Override
    protected void execute(String statement) throws Exception {
        server.execute("siteswap", statement);
    }

    @Override
    protected void signal(String signal) throws Exception {
        server.signal(signal);
    }

    @Override
    protected void cutConnections() throws Exception {
        try (Connection connection = server.connect("siteswap");
                Statement statement = connection.createStatement()) {
            List<Long> others = new ArrayList<>();
            try (ResultSet row = statement.executeQuery("SELECT id FROM"
                    + " information_schema.processlist WHERE user = 'siteswap'"
                    + " AND id <> CONNECTION_ID()")) {
                while (row.next()) {
                    others.add(row.getLong(1));
                }
            }
            for (long id : others) {
                kill(statement, id);
            }
        }
    }

    private static void kill(Statement statement, long id) {
        try {
            statement.execute("KILL " + id);
        } catch (SQLException e) {
            // It is gone already.
        }
    }
}
