package io.siteswap.monitor.sql;

import io.siteswap.monitor.config.ClusterConfig.SharedDatabase;
import io.siteswap.monitor.log.Ear;
import io.siteswap.monitor.log.Members;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Three logs in one database. */
final class SharedMembers extends Members<SqlLog> {

    private final Path folder;
    private final SharedDatabase database;
    private final int snapshotEvery;

    SharedMembers(Path folder, SharedDatabase database, int snapshotEvery) {
        this.folder = folder;
        this.database = database;
        this.snapshotEvery = snapshotEvery;
    }

    SqlSettings settings(String name, SharedDatabase where) {
        return new SqlSettings("test", name, List.of("arb", "dc1", "dc2"), 1, where, folder(name),
                Duration.ofMillis(300), Duration.ofMillis(600), List.of("shop"), snapshotEvery);
    }

    @Override
    protected Path folder(String name) {
        return folder.resolve(name).resolve("sql");
    }

    @Override
    protected SqlLog opened(String name, Ear ear) throws IOException {
        return SqlLog.open(settings(name, database), ear);
    }
}
