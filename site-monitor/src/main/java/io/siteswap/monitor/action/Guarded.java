package io.siteswap.monitor.action;

import io.siteswap.monitor.action.ResourceAgent.ActionFailed;
import io.siteswap.policy.plan.Step;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One agent with its deadlines and its order: one verb at a time, and a fence interrupts the verb
 * that runs, so that no promotion ends after the fence that should have undone it.
 */
final class Guarded {

    /** What a verb that was interrupted gets to end; a fence must not wait long for it. */
    private static final Duration LEAVE = Duration.ofMillis(100);

    private final String name;
    private final ResourceAgent agent;
    private final Duration stepTimeout;
    private final boolean writes;
    private @Nullable FutureTask<String> step;
    private @Nullable Thread running;
    private @Nullable CompletableFuture<String> fencing;

    /** @param writes a service that is active at two sites would write twice through it */
    Guarded(String name, ResourceAgent agent, Duration stepTimeout, boolean writes) {
        this.name = name;
        this.agent = agent;
        this.stepTimeout = stepTimeout;
        this.writes = writes;
    }

    String name() {
        return name;
    }

    boolean writes() {
        return writes;
    }

    /** Why a future of {@link #fence()} failed. */
    static String reason(ExecutionException e) {
        return String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }

    /** Runs a verb within the step timeout. */
    String run(Step.Verb verb, String argument, long epoch)
            throws ActionFailed, InterruptedException {
        FutureTask<String> task = new FutureTask<>(() -> agent.run(verb, argument, epoch));
        Thread thread = Thread.ofVirtual().name(name + " " + verb).unstarted(task);
        begin(task, thread, verb);
        try {
            return task.get(stepTimeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw cause(verb, e.getCause());
        } catch (TimeoutException e) {
            throw new ActionFailed(verb + " of " + name + " was not over after "
                    + stepTimeout.toMillis() + " ms.", e);
        } finally {
            thread.interrupt();
        }
    }

    private synchronized void begin(FutureTask<String> task, Thread thread, Step.Verb verb)
            throws ActionFailed {
        if (fencing != null && !fencing.isDone()) {
            throw new ActionFailed(name + " is being fenced: " + verb + " must wait.");
        }
        // Its thread lives for a moment after it: who was told of the end may ask for more at once.
        if (step != null && running != null && !step.isDone()) {
            throw new ActionFailed(name + " is still busy with another step ("
                    + running.getName() + "): " + verb + " must wait.");
        }
        step = task;
        running = thread;
        thread.start();
    }

    private ActionFailed cause(Step.Verb verb, @Nullable Throwable cause) {
        return switch (cause) {
            case ActionFailed failed -> failed;
            case InterruptedException e ->
                new ActionFailed(verb + " of " + name + " was given up: a fence came first.", e);
            case null -> new ActionFailed(verb + " of " + name + " failed.");
            default -> new ActionFailed(verb + " of " + name + " failed: " + cause, cause);
        };
    }

    /** See {@link ResourceAgent#look()}; beside everything else. */
    String look() throws ActionFailed, InterruptedException {
        return agent.look();
    }

    /** Starts fencing, or joins the fencing that is under way. It is never interrupted. */
    synchronized CompletableFuture<String> fence() {
        CompletableFuture<String> under = fencing;
        if (under != null && !under.isDone()) {
            return under;
        }
        CompletableFuture<String> done = new CompletableFuture<>();
        fencing = done;
        Thread before = running;
        Thread.ofVirtual().name(name + " fence").start(() -> fence(before, done));
        return done;
    }

    private void fence(@Nullable Thread before, CompletableFuture<String> done) {
        try {
            if (before != null) {
                before.interrupt();
                before.join(LEAVE);
            }
            String said = agent.fence();
            if (before != null && before.isAlive()) {
                // It may still undo the fence: fence once more when it is over.
                before.join();
                said = agent.fence();
            }
            done.complete(said);
        } catch (ActionFailed | InterruptedException | RuntimeException e) {
            done.completeExceptionally(e);
        }
    }
}
