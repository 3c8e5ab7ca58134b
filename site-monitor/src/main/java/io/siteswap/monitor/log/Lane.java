package io.siteswap.monitor.log;

import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Reply;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A queue of proposals that one thread sends one after the other: two proposals of one monitor are
 * never committed in another order than they were made. Each has its own deadline, counted from
 * when it was made, and the queue is short, so that nothing piles up without a majority.
 */
public final class Lane implements AutoCloseable {

    /** More proposals waiting than this mean that the log does not keep up. */
    private static final int CAPACITY = 128;

    /** Sends one command; blocks until it is committed or {@code deadline} (System.nanoTime). */
    @FunctionalInterface
    public interface Sender {
        Reply send(Command command, long deadline) throws Rejected, InterruptedException;
    }

    /** A command was not committed in time. The message is one clause. */
    public static final class Rejected extends Exception {
        public Rejected(String message) {
            super(message);
        }
    }

    private record Proposal(Command command, long deadline, CompletableFuture<Reply> reply) {
    }

    private final BlockingQueue<Proposal> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Sender sender;
    private final Duration patience;
    private final Thread thread;

    /**
     * @param name of its thread
     * @param patience until a proposal without an answer fails
     */
    public Lane(String name, Sender sender, Duration patience) {
        this.sender = sender;
        this.patience = patience;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** Completes with the reply, or exceptionally within the patience. */
    public CompletableFuture<Reply> propose(Command command) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        long deadline = System.nanoTime() + patience.toNanos();
        if (!queue.offer(new Proposal(command, deadline, reply))) {
            reply.completeExceptionally(new Rejected("too many proposals wait already"));
        }
        // The sender keeps the deadline; this is for what still waits in the queue behind it.
        return reply.orTimeout(patience.toMillis() + 50, TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            while (true) {
                Proposal next = queue.take();
                if (!next.reply().isDone()) {
                    send(next);
                }
            }
        } catch (InterruptedException e) {
            queue.forEach(p -> p.reply().completeExceptionally(new Rejected("shutting down")));
        }
    }

    private void send(Proposal proposal) throws InterruptedException {
        try {
            proposal.reply().complete(sender.send(proposal.command(), proposal.deadline()));
        } catch (Rejected | RuntimeException e) {
            proposal.reply().completeExceptionally(e);
        } catch (InterruptedException e) {
            proposal.reply().completeExceptionally(new Rejected("shutting down"));
            throw e;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
