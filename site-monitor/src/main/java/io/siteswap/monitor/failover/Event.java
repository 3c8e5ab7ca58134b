package io.siteswap.monitor.failover;

import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Reply;
import io.siteswap.policy.facts.Fact;
import java.util.List;
import java.util.Map;

/** What happens to a monitor. {@code now} is this machine's monotonic clock in ns. */
public sealed interface Event {
    long now();

    /** Time passes; sent when {@link Node#wake} has come and nothing else happened. */
    record Tick(long now) implements Event {
    }

    /** The log committed an entry. */
    record Applied(long now, Command command, Reply reply, ClusterState state) implements Event {
    }

    /** This monitor starts or stops leading. */
    record Leadership(long now, boolean leading) implements Event {
    }

    /** The complete set of facts that this monitor sees, after hysteresis; sent when it changed. */
    record Observed(long now, List<Fact> facts) implements Event {
        public Observed {
            facts = List.copyOf(facts);
        }
    }

    /** A renewal was granted. {@code sent} is when it was sent: the lease runs from there. */
    record Renewed(long now, long sent, Map<String, Long> epochs) implements Event {
        public Renewed {
            epochs = Map.copyOf(epochs);
        }
    }

    /** A renewal failed or timed out. */
    record NotRenewed(long now, String why) implements Event {
    }

    /** {@link Effect.Run} is over. */
    record StepOver(long now, String service, long epoch, String step, boolean ok,
            String detail) implements Event {
    }

    /** {@link Effect.Fence} is over. */
    record Fenced(long now, String service, long epoch, boolean ok,
            String detail) implements Event {
    }

    /**
     * {@link Effect.PowerOff} is over.
     *
     * @param detail the devices that confirm it, or why they do not
     */
    record PoweredOff(long now, String service, String site, long epoch, boolean ok,
            String detail) implements Event {
    }

    /** The node's guard has fenced it, or knows it given up: not active under this epoch. */
    record Guarded(long now, String service, long epoch) implements Event {
    }

    /**
     * The node's guard enforces that lease of an earlier process of this monitor.
     *
     * @param until monotonic, ns; now or before: it is over, and the guard may or may not get to fence
     */
    record Guarding(long now, String service, long epoch, long until) implements Event {
    }

    /** {@link Effect.Propose} failed: no majority in time. The command may still be committed. */
    record NotProposed(long now, Command command, String why) implements Event {
    }
}
