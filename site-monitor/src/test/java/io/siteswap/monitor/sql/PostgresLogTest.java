package io.siteswap.monitor.sql;

import io.siteswap.monitor.action.LocalPostgres;
import io.siteswap.monitor.config.ClusterConfig.SharedDatabase;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The shared log on a real PostgreSQL. */
class PostgresLogTest extends SharedLogContract {

    private static LocalPostgres server;

    @BeforeAll
    static void start() throws Exception {
        LocalPostgres.require();
        server = LocalPostgres.primary();
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
        server.execute(statement);
    }

    @Override
    protected void signal(String signal) throws Exception {
        server.signal(signal);
    }

    @Override
    protected void cutConnections() throws Exception {
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE application_name = 'siteswap'");
    }
}
