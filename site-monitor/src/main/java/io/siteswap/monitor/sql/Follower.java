package io.siteswap.monitor.sql;

import io.siteswap.monitor.log.Codec;
import io.siteswap.monitor.log.Lane;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Log;
import io.siteswap.monitor.quorum.Quorum;
import io.siteswap.monitor.quorum.Reply;
import io.siteswap.monitor.sql.Ledger.Entry;
import io.siteswap.monitor.sql.Memory.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One monitor's copy of the replicated state: reads entries in order, applies each once, and
 * answers the proposals of this process. Reading is for one thread, everything else for any.
 */
final class Follower {

    private static final int MOST = 512;

    /** This monitor cannot go on. The message is one sentence. */
    static final class Unusable extends Exception {
        Unusable(String message) {
            super(message);
        }
    }

    private record News(Command command, Reply reply, ClusterState state, String id) {
    }

    private final SqlSettings settings;
    private final Memory memory;
    private final Log.Listener listener;
    private final Map<String, CompletableFuture<Reply>> expected = new ConcurrentHashMap<>();
    private volatile ClusterState state;
    private Seen seen = Seen.NOTHING;
    private boolean compared;
    private boolean caughtUp;
    private boolean woken;

    Follower(SqlSettings settings, Memory memory, Log.Listener listener) {
        this.settings = settings;
        this.memory = memory;
        this.listener = listener;
        this.state = Quorum.initial(settings.services());
    }

    ClusterState state() {
        return state;
    }

    // ---- proposals ----

    /** Completes when the entry with this id has been applied. */
    CompletableFuture<Reply> expect(String id) {
        return expected.computeIfAbsent(id, _ -> new CompletableFuture<>());
    }

    void forget(String id) {
        expected.remove(id);
    }

    /** Position of the newest entry that was applied; empty until all of them were once. */
    synchronized Optional<Long> position() {
        return caughtUp ? Optional.of(seen.position()) : Optional.empty();
    }

    /** Reads at once, not when the next look is due. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** Waits until the entry there has been applied, but not for long. */
    synchronized void awaitApplied(long position, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0 && (!caughtUp || seen.position() < position); left = (end
                - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    /** Until something has been appended here, or for so long. */
    synchronized void awaitNews(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0 && !woken; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        woken = false;
    }

    // ---- reading ----

    /** Reads and applies all that is new. */
    void follow(Ledger ledger) throws SQLException, Unusable {
        if (!compared) {
            compareWithMemory(ledger);
            compared = true;
        }
        while (more(ledger)) {
            // There may be more than one batch.
        }
        synchronized (this) {
            caughtUp = true;
            notifyAll();
        }
    }

    /** Before anything is applied: is it the log that this node saw in its former life? */
    private void compareWithMemory(Ledger ledger) throws SQLException, Unusable {
        Seen before;
        try {
            before = memory.read();
        } catch (IOException e) {
            throw new Unusable(String.valueOf(e.getMessage()));
        }
        if (before.position() > 0) {
            compare(before, ledger.from(before.position(), 1), ledger);
        }
    }

    private void compare(Seen known, List<Entry> there, Ledger ledger)
            throws SQLException, Unusable {
        boolean same = !there.isEmpty() && there.getFirst().position() == known.position();
        if (same && there.getFirst().id().equals(known.id())) {
            return;
        }
        boolean covered = !same && !there.isEmpty() && ledger.snapshot()
                .filter(it -> it.position() >= known.position()).isPresent();
        if (!covered) {
            throw new Unusable("the shared database has lost what it had committed: entry "
                    + known.position() + (same ? " is another one now" : " is gone")
                    + "; read docs/shared-database.md before you start anything");
        }
    }

    /** @return there may be more to read */
    private boolean more(Ledger ledger) throws SQLException, Unusable {
        // The newest one that is known is read again each time: it must still be there.
        List<Entry> entries = ledger.from(Math.max(1, seen.position()), MOST);
        if (seen.position() > 0) {
            compare(seen, entries, ledger);
        }
        if (entries.isEmpty()) {
            return false;
        }
        boolean first = entries.getFirst().position() == seen.position();
        List<Entry> fresh = first ? entries.subList(1, entries.size()) : entries;
        if (!fresh.isEmpty() && fresh.getFirst().position() != seen.position() + 1) {
            restore(ledger);
            return true;
        }
        apply(fresh);
        return entries.size() == MOST;
    }

    /** Entries that were needed are deleted already: a snapshot has them. */
    private void restore(Ledger ledger) throws SQLException, Unusable {
        Ledger.Snapshot newest = ledger.snapshot()
                .filter(it -> it.position() > seen.position())
                .orElseThrow(() -> new Unusable("the shared database lacks the entries after "
                        + seen.position() + " and has no snapshot of them"));
        try {
            Codec.Snapshot snapshot = Codec
                    .snapshot(newest.text().getBytes(StandardCharsets.UTF_8));
            if (!snapshot.cluster().equals(settings.cluster())) {
                throw new IOException("of cluster " + snapshot.cluster());
            }
            state = Quorum.withServices(snapshot.state(), settings.services());
            // Whether theirs are among the entries that were skipped nobody can tell.
            expected.values().forEach(waiting -> waiting.completeExceptionally(
                    new Lane.Rejected("this monitor had fallen behind")));
            reached(new Seen(newest.position(), newest.id()));
        } catch (IOException e) {
            throw new Unusable("the snapshot of the shared database is " + e.getMessage());
        }
    }

    private void apply(List<Entry> entries) throws Unusable {
        if (entries.isEmpty()) {
            return;
        }
        List<News> all = new ArrayList<>();
        ClusterState next = state;
        boolean matters = false;
        for (Entry entry : entries) {
            Command command = command(entry);
            Quorum.Applied applied = Quorum.apply(next, command);
            next = applied.next();
            matters |= !command.routine();
            all.add(new News(command, applied.reply(), next, entry.id()));
        }
        Seen newest = new Seen(entries.getLast().position(), entries.getLast().id());
        if (matters) {
            remember(newest);
        }
        state = next;
        for (News news : all) {
            listener.applied(news.command(), news.reply(), news.state());
            CompletableFuture<Reply> waiting = expected.get(news.id());
            if (waiting != null) {
                waiting.complete(news.reply());
            }
        }
        // Last: who sees the position must see that its own proposal is in.
        reached(newest);
    }

    private static Command command(Entry entry) throws Unusable {
        try {
            return Codec.command(entry.command().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new Unusable("entry " + entry.position() + " of the shared database is "
                    + e.getMessage());
        }
    }

    private void remember(Seen newest) throws Unusable {
        try {
            memory.write(newest);
        } catch (IOException e) {
            throw new Unusable("cannot write what was seen of the log: " + e.getMessage());
        }
    }

    private synchronized void reached(Seen newest) {
        seen = newest;
        notifyAll();
    }

    /** What the state is now, for those who start later. */
    synchronized Ledger.Snapshot snapshot() {
        return new Ledger.Snapshot(seen.position(), seen.id(), new String(
                Codec.snapshot(settings.cluster(), state), StandardCharsets.UTF_8));
    }
}
