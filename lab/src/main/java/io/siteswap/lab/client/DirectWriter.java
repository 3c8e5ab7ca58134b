package io.siteswap.lab.client;

import io.siteswap.lab.postgres.Server;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Writes to one database directly, about every 20 ms, into a table of its own: the witness of who
 * accepts writes when.
 */
public final class DirectWriter implements AutoCloseable {
    private static final long PERIOD = 20_000_000;
    private static final int ANSWER_SECONDS = 2;

    private final Server server;
    private final Spans spans = new Spans();
    private final LongConsumer firstAccepted;
    private final Thread thread;
    private volatile boolean accepting;
    private volatile boolean closed;

    /** @param firstAccepted told when a run of accepted writes begins, with the time of the answer */
    public DirectWriter(Server server, LongConsumer firstAccepted) {
        this.server = server;
        this.firstAccepted = firstAccepted;
        this.thread = Thread.ofPlatform().daemon().name("writer " + server.site()).start(this::run);
    }

    public Spans spans() {
        return spans;
    }

    /** Was the newest write accepted? */
    public boolean accepts() {
        return accepting;
    }

    private void run() {
        long n = System.nanoTime();
        while (!closed) {
            try (Connection connection = server.connect(Server.DATABASE, ANSWER_SECONDS);
                    PreparedStatement insert = connection
                            .prepareStatement("insert into lab_writer values (?, ?)")) {
                insert.setString(1, server.site());
                while (!closed) {
                    long sent = System.nanoTime();
                    insert.setLong(2, n++);
                    insert.executeUpdate();
                    long answered = System.nanoTime();
                    spans.accepted(sent, answered);
                    if (!accepting) {
                        accepting = true;
                        firstAccepted.accept(answered);
                    }
                    LockSupport.parkNanos(sent + PERIOD - System.nanoTime());
                }
            } catch (SQLException refused) {
                spans.refused();
                accepting = false;
                LockSupport.parkNanos(PERIOD);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
