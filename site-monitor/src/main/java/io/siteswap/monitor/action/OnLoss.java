package io.siteswap.monitor.action;

import io.siteswap.monitor.config.ClusterConfig.LossPolicy;
import io.siteswap.policy.plan.Step;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What becomes of a resource when its site has lost the ticket (Pacemaker's {@code loss-policy} of a
 * ticket constraint), in place of the agent's own fence.
 */
final class OnLoss implements ResourceAgent {

    /** What a fence after a demotion that hangs may need: to end that one, to ask, to kill. */
    private static final Duration FENCE = Duration.ofMillis(250);
    private static final Duration LEAVE = Duration.ofMillis(100);

    private final String name;
    private final ResourceAgent agent;
    private final LossPolicy policy;
    private final Duration patience;

    private OnLoss(String name, ResourceAgent agent, LossPolicy policy, Duration patience) {
        this.name = name;
        this.agent = agent;
        this.policy = policy;
        this.patience = patience;
    }

    static ResourceAgent of(String name, ResourceAgent agent, LossPolicy policy,
            Duration fenceBound) {
        return policy == LossPolicy.FENCE
                ? agent
                : new OnLoss(name, agent, policy, patience(fenceBound));
    }

    /** A guard fences up to a fifth of the bound after the lease: the rest must do for all of it. */
    private static Duration patience(Duration fenceBound) {
        return fenceBound.multipliedBy(4).dividedBy(5).minus(FENCE).minus(LEAVE);
    }

    @Override
    public String run(Step.Verb verb, String argument, long epoch)
            throws ActionFailed, InterruptedException {
        return agent.run(verb, argument, epoch);
    }

    @Override
    public String look() throws ActionFailed, InterruptedException {
        return agent.look();
    }

    @Override
    public String fence() throws ActionFailed, InterruptedException {
        return switch (policy) {
            case FENCE -> agent.fence();
            case STOP -> agent.run(Step.Verb.STOP, "", 0);
            case DEMOTE -> demote();
            case FREEZE -> name + " is left as it is.";
        };
    }

    /** In order while there is time for it: the replica gets all that was committed. */
    private String demote() throws ActionFailed, InterruptedException {
        FutureTask<String> task = new FutureTask<>(() -> agent.run(Step.Verb.DEMOTE, "", 0));
        Thread thread = Thread.ofVirtual().name(name + " on loss").start(task);
        try {
            return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The fence is harder and does not need what the demotion lacked.
            thread.interrupt();
            thread.join(LEAVE);
            return agent.fence();
        } finally {
            thread.interrupt();
        }
    }
}
