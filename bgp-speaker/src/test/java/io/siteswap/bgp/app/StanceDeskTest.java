package io.siteswap.bgp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.app.SpeakerConfig.Origination;
import io.siteswap.bgp.net.Transport;
import io.siteswap.bgp.speaker.Ladder;
import io.siteswap.bgp.speaker.Stance;
import io.siteswap.bgp.wire.Prefix;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens in which order at the desk while its disk takes its time. */
class StanceDeskTest {

    private static final String ONE = "203.0.113.0/24";
    private static final String TWO = "198.51.100.0/24";

    /** A save that has begun and ends when the test says how. */
    private record Save(StanceBook book, CompletableFuture<Optional<IOException>> end) {

        void done() {
            end.complete(Optional.empty());
        }
    }

    private final Transport transport = new Transport("desk-test");
    private final BlockingQueue<Save> saves = new LinkedBlockingQueue<>();
    private final List<String> announced = new CopyOnWriteArrayList<>();
    /** Announcing it fails. */
    private volatile String broken = "";
    private final SpeakerConfig config = new SpeakerConfig("dc1", 64500, "198.18.1.1",
            Optional.empty(), Duration.ofSeconds(3), Duration.ofMillis(200), List.of(),
            Ladder.standard(),
            List.of(new Origination(ONE, "shop", "normal"),
                    new Origination(TWO, "shop", "normal")),
            Path.of("dc1.stances"), Path.of("dc1.sock"));
    private final StanceDesk desk = new StanceDesk(transport.loop(), config,
            StanceBook.initial(config), this::save, new Announced());

    private void save(StanceBook book) throws IOException {
        Save save = new Save(book, new CompletableFuture<>());
        saves.add(save);
        Optional<IOException> failure = save.end().join();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private final class Announced implements StanceDesk.Announcer {

        @Override
        public Ladder ladder() {
            return config.ladder();
        }

        @Override
        public Optional<String> refusal(Prefix prefix, Stance stance) {
            return Optional.empty();
        }

        @Override
        public void announce(Prefix prefix, StanceBook.Entry entry) {
            if (entry.stance().rung().equals(broken)) {
                throw new IllegalStateException("a bug of the announcer");
            }
            announced.add(prefix + " " + entry.stance().rung());
        }
    }

    @AfterEach
    void close() {
        saves.forEach(Save::done);
        desk.close();
        transport.close();
    }

    private CompletableFuture<StanceReply> take(String prefix, String rung, long epoch) {
        return desk.take(new ApiRequest.SetStance("shop", epoch, prefix, rung, false));
    }

    private Save begun() throws InterruptedException {
        Save save = saves.poll(10, TimeUnit.SECONDS);
        assertTrue(save != null, "nothing is being saved");
        return save;
    }

    private static String rung(Save save, String prefix) {
        return Optional.ofNullable(save.book().stances().get(Prefix.parse(prefix))).orElseThrow()
                .stance().rung();
    }

    /** Everything that was given to the loop before has happened. */
    private void settled() {
        transport.loop().submit(() -> true).syncUninterruptibly();
    }

    private static StanceReply accepted(String prefix, String rung, long epoch) {
        return new StanceReply.Accepted(prefix, rung, epoch);
    }

    @Test
    void nothingIsAnnouncedOrAnsweredBeforeItIsOnDisk() throws Exception {
        CompletableFuture<StanceReply> reply = take(ONE, "best", 1);
        Save save = begun();
        settled();
        assertFalse(reply.isDone());
        assertEquals(List.of(), announced);
        save.done();
        assertEquals(accepted(ONE, "best", 1), reply.get(10, TimeUnit.SECONDS));
        assertEquals(List.of(ONE + " best"), announced);
    }

    @Test
    void whatComesDuringASaveIsSavedTogetherAndInOrder() throws Exception {
        CompletableFuture<StanceReply> first = take(ONE, "best", 1);
        Save save = begun();
        CompletableFuture<StanceReply> second = take(TWO, "backup", 2);
        CompletableFuture<StanceReply> third = take(ONE, "drain", 2);
        CompletableFuture<StanceReply> late = take(TWO, "best", 1);
        settled();
        assertTrue(saves.isEmpty(), "one save at a time");
        save.done();
        Save together = begun();
        assertEquals(accepted(ONE, "best", 1), first.get(10, TimeUnit.SECONDS));
        assertEquals("backup", rung(together, TWO));
        assertEquals("drain", rung(together, ONE));
        assertFalse(second.isDone());
        together.done();
        assertEquals(accepted(TWO, "backup", 2), second.get(10, TimeUnit.SECONDS));
        assertEquals(accepted(ONE, "drain", 2), third.get(10, TimeUnit.SECONDS));
        assertEquals(new StanceReply.Refused("Epoch 1 of service 'shop' is over: 2 was accepted."),
                late.get(10, TimeUnit.SECONDS));
        assertEquals(List.of(ONE + " best", TWO + " backup", ONE + " drain"), announced);
    }

    @Test
    void twoChangesOfOnePrefixAreBothMade() throws Exception {
        CompletableFuture<StanceReply> first = take(ONE, "best", 1);
        CompletableFuture<StanceReply> second = take(ONE, "drain", 1);
        Save one = begun();
        assertEquals("best", rung(one, ONE));
        one.done();
        Save two = begun();
        assertEquals("drain", rung(two, ONE));
        two.done();
        assertEquals(accepted(ONE, "best", 1), first.get(10, TimeUnit.SECONDS));
        assertEquals(accepted(ONE, "drain", 1), second.get(10, TimeUnit.SECONDS));
        assertEquals(List.of(ONE + " best", ONE + " drain"), announced);
    }

    /** Also what was refused because of an epoch that is now lost. */
    @Test
    void aSaveThatFailsUndoesAllThatWasInIt() throws Exception {
        CompletableFuture<StanceReply> first = take(ONE, "best", 1);
        Save save = begun();
        CompletableFuture<StanceReply> lost = take(TWO, "backup", 7);
        CompletableFuture<StanceReply> hasty = take(ONE, "drain", 6);
        settled();
        save.done();
        begun().end().complete(Optional.of(new IOException("no space")));
        assertEquals(accepted(ONE, "best", 1), first.get(10, TimeUnit.SECONDS));
        StanceReply unsaved = new StanceReply.Refused("The stance could not be saved in"
                + " dc1.stances (java.io.IOException: no space), so nothing was changed.");
        assertEquals(unsaved, lost.get(10, TimeUnit.SECONDS));
        assertEquals(unsaved, hasty.get(10, TimeUnit.SECONDS));
        CompletableFuture<StanceReply> again = take(ONE, "drain", 6);
        begun().done();
        assertEquals(accepted(ONE, "drain", 6), again.get(10, TimeUnit.SECONDS));
        assertEquals(List.of(ONE + " best", ONE + " drain"), announced);
    }

    /** A disk that refuses for a while must not use up the changes of the next ten minutes. */
    @Test
    void whatIsNotSavedIsNotSpentOfTheFlapBudget() throws Exception {
        for (int i = 0; i < config.options().flaps().changes(); i++) {
            CompletableFuture<StanceReply> lost = take(ONE, "best", 1);
            begun().end().complete(Optional.of(new IOException("no space")));
            assertInstanceOf(StanceReply.Refused.class, lost.get(10, TimeUnit.SECONDS));
        }
        CompletableFuture<StanceReply> reply = take(ONE, "best", 1);
        begun().done();
        assertEquals(accepted(ONE, "best", 1), reply.get(10, TimeUnit.SECONDS));
    }

    @Test
    void anotherBookComesAloneAndInItsTurn() throws Exception {
        CompletableFuture<StanceReply> before = take(ONE, "best", 1);
        Save save = begun();
        CompletableFuture<StanceBook> replaced = desk.replace(
                book -> new StanceBook(book.stances(), Map.of("shop", 5L)),
                book -> announced.add("another book"));
        CompletableFuture<StanceBook> wrong = desk.replace(_ -> {
            throw new IllegalArgumentException("no such rung");
        }, _ -> announced.add("never"));
        CompletableFuture<StanceReply> after = take(TWO, "best", 4);
        settled();
        save.done();
        begun().done();
        assertEquals(5L, replaced.get(10, TimeUnit.SECONDS).epochs().get("shop"));
        assertTrue(assertThrows(CompletionException.class, wrong::join).toString()
                .contains("no such rung"));
        assertInstanceOf(StanceReply.Refused.class, after.get(10, TimeUnit.SECONDS));
        assertEquals(accepted(ONE, "best", 1), before.get(10, TimeUnit.SECONDS));
        assertEquals(List.of(ONE + " best", "another book"), announced);
    }

    @Test
    void whatWaitsWhenTheSpeakerEndsIsRefused() throws Exception {
        CompletableFuture<StanceReply> first = take(ONE, "best", 1);
        Save save = begun();
        CompletableFuture<StanceReply> second = take(ONE, "drain", 1);
        settled();
        Thread closing = Thread.ofVirtual().start(desk::close);
        // It refuses more from here on.
        Await.until("it waits for the disk",
                () -> closing.getState() == Thread.State.TIMED_WAITING);
        save.done();
        closing.join();
        assertEquals(accepted(ONE, "best", 1), first.get(10, TimeUnit.SECONDS));
        assertEquals(
                new StanceReply.Refused("The stance could not be saved in dc1.stances"
                        + " (java.io.IOException: the speaker ends), so nothing was changed."),
                second.get(10, TimeUnit.SECONDS));
        assertEquals(List.of(ONE + " best"), announced);
    }

    /** Whoever asked is not left waiting, and the next one has its turn. */
    @Test
    void whatIsSavedAndCannotBeAnnouncedIsAnswered() throws Exception {
        broken = "backup";
        CompletableFuture<StanceReply> first = take(ONE, "backup", 1);
        begun().done();
        assertInstanceOf(IllegalStateException.class,
                assertThrows(ExecutionException.class, () -> first.get(10, TimeUnit.SECONDS))
                        .getCause());
        CompletableFuture<StanceReply> second = take(TWO, "best", 1);
        begun().done();
        assertEquals(accepted(TWO, "best", 1), second.get(10, TimeUnit.SECONDS));
        assertEquals(List.of(TWO + " best"), announced);
    }
}
