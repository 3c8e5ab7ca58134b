package io.siteswap.bgp.app;

import io.netty.channel.EventLoop;
import io.siteswap.bgp.speaker.FlapBudget;
import io.siteswap.bgp.speaker.Ladder;
import io.siteswap.bgp.speaker.Stance;
import io.siteswap.bgp.wire.Prefix;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where stances are taken: decided on the speaker's event loop, saved on a thread of its own, then
 * applied and answered on the loop. A disk that stalls stops what waits here and nothing else: hold
 * timers run on the loop.
 *
 * <p>Everything happens in the order in which it came. What comes while something is being saved
 * waits, and is then saved together, as long as it is about different prefixes.
 */
final class StanceDesk implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StanceDesk.class);
    /** For a save that has begun when the speaker ends. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Where books are kept. On a thread that may wait for it. */
    interface Disk {

        /** @throws IOException it is the former book or this one that is kept */
        void save(StanceBook book) throws IOException;
    }

    /** The speaker, as far as stances concern it. On the loop. */
    interface Announcer {

        Ladder ladder();

        /** Why a rung cannot be taken now, in a sentence. */
        Optional<String> refusal(Prefix prefix, Stance stance);

        /** It is on disk. */
        void announce(Prefix prefix, StanceBook.Entry entry);
    }

    private final EventLoop loop;
    private final SpeakerConfig config;
    private final Disk disk;
    private final Announcer announcer;
    private final FlapBudget flaps;
    private final ExecutorService storage;
    private final Queue<Errand> waiting = new ArrayDeque<>();
    /** On disk and in force. */
    private StanceBook book;
    /** A round is under way. */
    private boolean busy;

    private sealed interface Errand {

        CompletableFuture<?> reply();

        record Take(ApiRequest.SetStance wanted, Prefix prefix,
                CompletableFuture<StanceReply> reply) implements Errand {
        }

        record Replace(UnaryOperator<StanceBook> by, Consumer<StanceBook> then,
                CompletableFuture<StanceBook> reply) implements Errand {
        }
    }

    /**
     * An errand that was decided upon.
     *
     * @param errand answered in any case
     * @param next the book with it
     * @param saved what to do when that is on disk
     * @param failed what to do when it cannot be saved
     */
    private record Decided(Errand errand, StanceBook next, Runnable saved,
            Consumer<IOException> failed) {
    }

    /** @param config what of it cannot be reloaded is used here */
    StanceDesk(EventLoop loop, SpeakerConfig config, StanceBook book, Disk disk,
            Announcer announcer) {
        this.loop = loop;
        this.config = config;
        this.book = book;
        this.disk = disk;
        this.announcer = announcer;
        this.flaps = new FlapBudget(config.options().flaps().changes(),
                config.options().flaps().within());
        this.storage = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon()
                .name("bgp-" + config.name() + "-disk").factory());
        loop.execute(TimeSlice::shorten);
        storage.execute(TimeSlice::shorten);
    }

    /** From any thread; the answer comes on the loop. */
    CompletableFuture<StanceReply> take(ApiRequest.SetStance wanted) {
        try {
            CompletableFuture<StanceReply> reply = new CompletableFuture<>();
            enter(new Errand.Take(wanted, Prefix.parse(wanted.prefix()), reply));
            return reply;
        } catch (IllegalArgumentException e) {
            return CompletableFuture
                    .completedFuture(new StanceReply.Refused(String.valueOf(e.getMessage())));
        }
    }

    /**
     * Puts another book in the place of the one in force, between two stances.
     *
     * @param by throws IllegalArgumentException with a sentence if it cannot be
     * @param then what follows once it is on disk, on the loop
     * @return fails with an IllegalArgumentException or IOException if nothing was changed
     */
    CompletableFuture<StanceBook> replace(UnaryOperator<StanceBook> by,
            Consumer<StanceBook> then) {
        CompletableFuture<StanceBook> done = new CompletableFuture<>();
        enter(new Errand.Replace(by, then, done));
        return done;
    }

    private void enter(Errand errand) {
        if (loop.inEventLoop()) {
            waiting.add(errand);
            next();
        } else {
            loop.execute(() -> {
                waiting.add(errand);
                next();
            });
        }
    }

    private void next() {
        while (!busy && !waiting.isEmpty()) {
            busy = true;
            List<Decided> round = round();
            StanceBook next = round.getLast().next();
            if (next.equals(book)) {
                settle(round, Optional.empty());
            } else {
                save(next, round);
            }
        }
    }

    /** At most one change of each prefix: the next one may depend on what became of it. */
    private List<Decided> round() {
        List<Decided> round = new ArrayList<>();
        Set<Prefix> prefixes = new HashSet<>();
        StanceBook last = book;
        while (!waiting.isEmpty() && (round.isEmpty() || joins(waiting.element(), prefixes))) {
            Errand errand = waiting.remove();
            if (errand instanceof Errand.Take take) {
                prefixes.add(take.prefix());
            }
            Decided decided = decide(last, errand);
            last = decided.next();
            round.add(decided);
        }
        return round;
    }

    /** Another book comes alone. */
    private static boolean joins(Errand errand, Set<Prefix> prefixes) {
        return errand instanceof Errand.Take take && !prefixes.isEmpty()
                && !prefixes.contains(take.prefix());
    }

    private Decided decide(StanceBook from, Errand errand) {
        try {
            return switch (errand) {
                case Errand.Take take -> decide(from, take);
                case Errand.Replace replace -> {
                    StanceBook merged = replace.by().apply(from);
                    yield new Decided(replace, merged, () -> {
                        replace.then().accept(merged);
                        replace.reply().complete(merged);
                    }, replace.reply()::completeExceptionally);
                }
            };
        } catch (RuntimeException e) {
            // A bug, or what is wrong with the other book: in any case the next one has its turn.
            return new Decided(errand, from, () -> errand.reply().completeExceptionally(e),
                    errand.reply()::completeExceptionally);
        }
    }

    private Decided decide(StanceBook from, Errand.Take take) {
        ApiRequest.SetStance wanted = take.wanted();
        return switch (from.decide(announcer.ladder(), wanted.service(), wanted.epoch(),
                take.prefix(), wanted.rung())) {
            case StanceBook.Verdict.Refuse(String reason) -> unchanged(from, take,
                    new StanceReply.Refused(reason));
            case StanceBook.Verdict.Accept accept -> accept(from, take, accept);
        };
    }

    private Decided accept(StanceBook from, Errand.Take take, StanceBook.Verdict.Accept accept) {
        StanceBook.Entry entry = accept.entry();
        Prefix prefix = accept.prefix();
        StanceReply accepted = new StanceReply.Accepted(prefix.toString(), entry.stance().rung(),
                entry.stance().epoch());
        if (!accept.changed()) {
            return unchanged(from, take, accepted);
        }
        Duration now = Duration.ofNanos(System.nanoTime());
        boolean moves = !from.isOn(prefix, entry.stance().rung());
        Optional<String> refusal = moves
                ? refusal(prefix, entry.stance(), take.wanted().override(), now)
                : Optional.empty();
        if (refusal.isPresent()) {
            return unchanged(from, take, new StanceReply.Refused(refusal.get()));
        }
        return new Decided(take, accept.next(), () -> {
            if (moves) {
                flaps.spend(prefix, now);
            }
            announcer.announce(prefix, entry);
            take.reply().complete(accepted);
        }, e -> take.reply().complete(unsaved(e)));
    }

    /** What cannot be told to every neighbour is told to none; what flaps is damped elsewhere. */
    private Optional<String> refusal(Prefix prefix, Stance stance, boolean override,
            Duration now) {
        return announcer.refusal(prefix, stance)
                .or(() -> override ? Optional.empty() : flaps.refusal(prefix, now));
    }

    /** It changes nothing, unless what it was decided upon is not saved. */
    private Decided unchanged(StanceBook from, Errand.Take take, StanceReply reply) {
        return new Decided(take, from, () -> take.reply().complete(reply),
                e -> take.reply().complete(unsaved(e)));
    }

    private StanceReply unsaved(IOException e) {
        return new StanceReply.Refused("The stance could not be saved in " + config.stateFile()
                + " (" + e + "), so nothing was changed.");
    }

    private void save(StanceBook next, List<Decided> round) {
        try {
            storage.execute(() -> {
                Optional<IOException> failure = Optional.empty();
                try {
                    disk.save(next);
                } catch (IOException e) {
                    failure = Optional.of(e);
                } catch (RuntimeException e) {
                    failure = Optional.of(new IOException(e));
                }
                finish(round, failure);
            });
        } catch (RejectedExecutionException e) {
            settle(round, Optional.of(new IOException("the speaker ends")));
        }
    }

    private void finish(List<Decided> round, Optional<IOException> failure) {
        try {
            loop.execute(() -> {
                settle(round, failure);
                next();
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("A stance was saved after the speaker's end.");
            round.forEach(d -> d.failed().accept(new IOException("the speaker ends")));
        }
    }

    private void settle(List<Decided> round, Optional<IOException> failure) {
        if (failure.isEmpty()) {
            book = round.getLast().next();
        }
        for (Decided decided : round) {
            try {
                failure.ifPresentOrElse(decided.failed(), decided.saved());
            } catch (RuntimeException e) {
                LOG.error("A stance was saved and could not be announced: a restart of the"
                        + " speaker announces it.", e);
                decided.errand().reply().completeExceptionally(e);
            }
        }
        busy = false;
    }

    /** What is being saved is; what still waits is refused. */
    @Override
    public void close() {
        storage.shutdown();
        try {
            if (!storage.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The disk with the stances does not answer: the speaker ends without it.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
