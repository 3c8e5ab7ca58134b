package io.siteswap.lab.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads of this process that leave no processor idle, and one that asks the daemon something as
 * fast as it answers, so that it allocates.
 */
final class Load implements AutoCloseable {

    /** What the daemon is asked. */
    interface Question {
        void ask() throws IOException;
    }

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong answers = new AtomicLong();
    private volatile boolean over;

    Load(int burners, Question question) {
        for (int i = 0; i < burners; i++) {
            threads.add(Thread.ofPlatform().daemon().name("burner").start(this::burn));
        }
        threads.add(Thread.ofPlatform().daemon().name("asker").start(() -> ask(question)));
    }

    private void burn() {
        double value = 1;
        // The sum counts for the end of the loop, or the compiler could leave it out.
        while (!over && value > 0) {
            for (int i = 0; i < 100_000; i++) {
                value = Math.sqrt(value + i);
            }
        }
    }

    private void ask(Question question) {
        while (!over) {
            try {
                question.ask();
                answers.incrementAndGet();
            } catch (IOException e) {
                // Too busy to answer in time: asked again. One that has ended is noticed elsewhere.
                Thread.onSpinWait();
            }
        }
    }

    /** So many questions were answered. */
    long answers() {
        return answers.get();
    }

    @Override
    public void close() {
        over = true;
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
