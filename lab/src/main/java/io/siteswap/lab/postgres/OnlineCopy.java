package io.siteswap.lab.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Rebuilds a standby from a running server: backup mode over SQL, then a copy of its files. The
 * bundle has no pg_basebackup; the lab's two sites share a disk, which stands in for rsync.
 */
public final class OnlineCopy {
    private static final int ANSWER_SECONDS = 30;

    private OnlineCopy() {
    }

    /** @param args JDBC address of the source, its data directory, the data directory to make */
    public static void main(String[] args) {
        try {
            copy(args[0], Path.of(args[1]), Path.of(args[2]));
        } catch (SQLException | IOException e) {
            System.err.println("The copy of " + args[0] + " failed: " + e.getMessage());
            System.exit(1);
        }
    }

    static void copy(String url, Path from, Path to) throws SQLException, IOException {
        try (Connection source = Server.open(url, ANSWER_SECONDS)) {
            // Backup mode ends with the session that began it.
            source.createStatement().execute("select pg_backup_start('siteswap', true)");
            DataCopy.copy(from, to);
            try (ResultSet stopped = source.createStatement()
                    .executeQuery("select labelfile from pg_backup_stop(false)")) {
                stopped.next();
                UserPrincipal owner = Files.getOwner(to.getParent());
                DataCopy.give(Files.writeString(to.resolve("backup_label"), stopped.getString(1)),
                        owner);
                DataCopy.give(Files.createFile(to.resolve("standby.signal")), owner);
            }
        }
    }
}
