package io.siteswap.monitor.sql;

import io.siteswap.monitor.log.Lanes;
import io.siteswap.monitor.probe.Sql;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Log;
import io.siteswap.monitor.quorum.Reply;
import io.siteswap.monitor.sql.Follower.Unusable;
import io.siteswap.monitor.sql.Leadership.Rules;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log as a table of a database that all monitors share, PostgreSQL or MariaDB with Galera. Its
 * positions follow one another without a gap, and each is taken once: whoever has applied all entries
 * may try to append the next. See docs/shared-database.md.
 */
public final class SqlLog implements Log {

    private static final Logger LOG = LoggerFactory.getLogger(SqlLog.class);
    /** Between two looks for entries of others. */
    private static final long LOOK_MILLIS = 20;
    private static final long AGAIN_MILLIS = 100;
    /** SQL standard: class of refused passwords and unknown users. */
    private static final String REFUSED = "28";

    private final SqlSettings settings;
    private final Listener listener;
    private final Follower follower;
    private final Appender forRenewals;
    private final Appender forOthers;
    private final Lanes lanes;
    private final Thread reader;
    private volatile Leadership leadership;
    private volatile boolean ready;
    private volatile boolean closing;
    /** Only the reader touches these, and who opens the log before it runs. */
    private @Nullable Ledger ledger;
    private boolean leading;
    private String trouble = "";
    private long snapshotAt;
    private long lookedAt = System.nanoTime();

    private SqlLog(SqlSettings settings, Listener listener) throws IOException {
        this.settings = settings;
        this.listener = listener;
        this.follower = new Follower(settings, Memory.in(settings.folder()), listener);
        this.leadership = Leadership.started(Rules.of(settings), System.nanoTime());
        String process = settings.node() + "-" + UUID.randomUUID() + "-";
        this.forRenewals = new Appender(settings, follower, process + "r");
        this.forOthers = new Appender(settings, follower, process + "p");
        this.lanes = new Lanes(forRenewals, forOthers, settings.patience());
        this.reader = Thread.ofPlatform().daemon().name("shared-log").unstarted(this::run);
    }

    /**
     * Opens the log. A database that does not answer now is tried again and again, as when everything
     * starts at once.
     *
     * @throws IOException with one sentence: folder unusable, user or password refused
     */
    public static SqlLog open(SqlSettings settings, Listener listener) throws IOException {
        SqlLog log = new SqlLog(settings, listener);
        try {
            log.connect();
        } catch (SQLException e) {
            log.disconnect();
            String state = e.getSQLState();
            if (state != null && state.startsWith(REFUSED)) {
                log.close();
                throw new IOException("the shared database refuses this monitor: "
                        + Sql.reason(e), e);
            }
            LOG.warn("the shared database cannot be used yet: {}", Sql.reason(e));
        }
        log.reader.start();
        return log;
    }

    @Override
    public CompletableFuture<Reply> propose(Command command) {
        return lanes.propose(command);
    }

    @Override
    public ClusterState state() {
        return follower.state();
    }

    @Override
    public String leader() {
        return leadership.leader(System.nanoTime());
    }

    @Override
    public void ready() {
        ready = true;
    }

    private void run() {
        try {
            while (!closing) {
                boolean fine = round();
                tellLeadership();
                follower.awaitNews(fine ? LOOK_MILLIS : AGAIN_MILLIS);
            }
        } catch (Unusable e) {
            listener.failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            // Closed.
        } catch (RuntimeException e) {
            LOG.error("the shared log cannot go on", e);
            listener.failed("the shared log cannot go on: " + e);
        } finally {
            disconnect();
        }
    }

    /** @return the database answered */
    private boolean round() throws Unusable {
        try {
            Ledger there = connect();
            follower.follow(there);
            lead(there);
            if (!trouble.isEmpty()) {
                LOG.info("the shared database answers again");
                trouble = "";
            }
            return true;
        } catch (SQLException e) {
            disconnect();
            String reason = Sql.reason(e);
            if (!closing && !reason.equals(trouble)) {
                LOG.warn("the shared database cannot be used: {}", reason);
                trouble = reason;
            }
            return false;
        }
    }

    private Ledger connect() throws SQLException {
        Ledger there = ledger;
        if (there == null) {
            there = Ledger.open(settings.database(), settings.cluster(), settings.patience());
            ledger = there;
            there.prepare();
        }
        return there;
    }

    private void lead(Ledger there) throws SQLException {
        long sent = System.nanoTime();
        if (sent - lookedAt >= LOOK_MILLIS * 1_000_000) {
            leadership = leadership.sees(sent, there.sign());
            sent = System.nanoTime();
            lookedAt = sent;
        }
        Optional<Leadership.Change> due = ready ? leadership.due(sent) : Optional.empty();
        if (due.isPresent()) {
            Leadership.Change change = due.get();
            leadership = there.replace(change.before(), change.after())
                    ? leadership.took(sent, change.after())
                    : leadership.sees(System.nanoTime(), there.sign());
        }
        if (leading) {
            keepSnapshot(there);
        }
    }

    private void keepSnapshot(Ledger there) throws SQLException {
        long position = follower.position().orElse(0L);
        if (position - snapshotAt >= settings.snapshotEvery()) {
            there.keep(follower.snapshot());
            snapshotAt = position;
        }
    }

    private void tellLeadership() {
        boolean now = leadership.leads(System.nanoTime());
        if (now != leading) {
            leading = now;
            listener.leadership(now);
        }
    }

    private void disconnect() {
        if (ledger != null) {
            ledger.close();
            ledger = null;
        }
    }

    @Override
    public void close() {
        closing = true;
        lanes.close();
        follower.wake();
        try {
            reader.join(TimeUnit.NANOSECONDS.toMillis(settings.patience().toNanos()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        forRenewals.close();
        forOthers.close();
    }
}
