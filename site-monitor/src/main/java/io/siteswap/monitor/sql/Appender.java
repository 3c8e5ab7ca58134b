package io.siteswap.monitor.sql;

import io.siteswap.monitor.log.Codec;
import io.siteswap.monitor.log.Lane;
import io.siteswap.monitor.probe.Sql;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Reply;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Appends commands one after the other on a connection of its own. Each is tried at the position
 * after the newest entry that was applied here, under one id: when nobody can say whether an attempt
 * was committed, the entry that is found at that position can.
 */
final class Appender implements Lane.Sender, AutoCloseable {

    private static final long WAIT_MILLIS = 20;

    private final SqlSettings settings;
    private final Follower follower;
    private final String prefix;
    private long count;
    private @Nullable Ledger ledger;

    /** @param prefix of the ids: another one for each process and each of its appenders */
    Appender(SqlSettings settings, Follower follower, String prefix) {
        this.settings = settings;
        this.follower = follower;
        this.prefix = prefix;
    }

    @Override
    public Reply send(Command command, long deadline) throws Lane.Rejected, InterruptedException {
        String id = prefix + count++;
        String text = new String(Codec.command(command), StandardCharsets.UTF_8);
        CompletableFuture<Reply> reply = follower.expect(id);
        String why = "the log has not been read yet";
        try {
            while (!reply.isDone() && System.nanoTime() < deadline) {
                Optional<Long> newest = follower.position();
                if (newest.isEmpty()) {
                    follower.awaitApplied(0, WAIT_MILLIS);
                    continue;
                }
                try {
                    append(new Ledger.Entry(newest.get() + 1, id, text));
                    why = "others were always first";
                } catch (SQLException e) {
                    close();
                    why = Sql.reason(e);
                }
                // Ours or another's: what is at that position tells.
                follower.wake();
                follower.awaitApplied(newest.get() + 1, WAIT_MILLIS);
            }
            return reply.get(0, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Lane.Rejected("not committed in time: " + why);
        } catch (ExecutionException e) {
            throw new Lane.Rejected("it may or may not be committed: " + e.getCause());
        } finally {
            follower.forget(id);
        }
    }

    private void append(Ledger.Entry entry) throws SQLException {
        if (ledger == null) {
            ledger = Ledger.open(settings.database(), settings.cluster(), settings.patience());
        }
        // False: that place is taken.
        var _ = ledger.append(entry);
    }

    @Override
    public void close() {
        if (ledger != null) {
            ledger.close();
            ledger = null;
        }
    }
}
