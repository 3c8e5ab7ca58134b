package io.siteswap.lab.scenarios;

import io.siteswap.lab.client.Spans;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** Writes to one database and puts on the timeline when it begins and ends to take that. */
final class DirectWriter implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final String site;
    private final Timeline timeline;
    private final Spans spans = new Spans();
    private final WriteLoop loop;
    /** As the timeline has it. */
    private boolean writable;

    DirectWriter(Path namespace, String site, Timeline timeline) {
        this.site = site;
        this.timeline = timeline;
        this.loop = new WriteLoop(namespace, site, "", PATIENCE, this::write, this::refused);
    }

    private void write(PreparedStatement insert) throws SQLException {
        long began = System.nanoTime();
        insert.executeUpdate();
        spans.accepted(began, System.nanoTime());
        if (!writable) {
            writable = true;
            timeline.add(site, "writable", "the database of " + site + " takes writes");
        }
    }

    private void refused(SQLException e) {
        spans.refused();
        if (writable) {
            writable = false;
            timeline.add(site, "closed", "the database of " + site + " takes no more writes: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    boolean writable() {
        return loop.accepts();
    }

    /** Complete once this is closed. */
    Spans spans() {
        return spans;
    }

    @Override
    public void close() {
        loop.close();
    }
}
