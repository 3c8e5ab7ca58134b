package io.siteswap.monitor.failover;

import io.siteswap.monitor.quorum.Command;
import io.siteswap.policy.plan.Step;

/** What a monitor asks the world to do. */
public sealed interface Effect {

    /** Put a command into the log. */
    record Propose(Command command) implements Effect {
    }

    /** Propose {@link Command.Renew}; answer with Renewed or NotRenewed, with the time it was sent. */
    record Renew() implements Effect {
    }

    /**
     * Carry a step out; answer with StepOver, also when it was cut short by a fence. Idempotent. The
     * step need not belong to a transition: stances wanted outside of one come this way too.
     */
    record Run(String service, long epoch, Step step) implements Effect {
    }

    /**
     * Self-fence now (rule 2): databases refuse writes and cut clients, startables stop, load
     * balancer away from local, stance {@code backup}. Answer with Fenced once all of it is done.
     * First cuts short every PROMOTE and START of the service with this or an older epoch and waits
     * for their end; later ones with such an epoch are refused. Leaves a standby that replicates
     * alone.
     */
    record Fence(String service, long epoch, String reason) implements Effect {
    }

    /**
     * Have the fence devices of {@code site} take its power away, and see that they did; answer with
     * PoweredOff. Idempotent.
     */
    record PowerOff(String service, String site, long epoch) implements Effect {
    }

    /**
     * Put a {@link Command.Served} into the log, with the wall clock's time of that moment.
     *
     * @param since monotonic, ns
     */
    record Account(String service, boolean up, String cause, long since) implements Effect {
    }

    /** One line for the log and the event stream: what was done or not done, and why. */
    record Note(Kind kind, String service, String text) implements Effect {
        public enum Kind {
            HEALTH, DECISION, TICKET, TRANSITION, STEP, STANCE, FENCE, LEADER, MEMBERS, ALARM
        }
    }
}
