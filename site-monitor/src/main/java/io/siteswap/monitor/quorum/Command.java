package io.siteswap.monitor.quorum;

import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Transition;
import java.util.List;

/** An entry of the replicated log. Applied in the same order at every monitor. */
public sealed interface Command {

    /** What happens all the time and changes nothing that must be told or remembered at once. */
    default boolean routine() {
        return switch (this) {
            case Nudge _,Renew _ -> true;
            case Join _,Report _,Decide _,Released _,PoweredOff _,Grant _,StepOver _,WantStance _,Request _,Unblock _,Maintain _,Label _,Served _ ->
                false;
        };
    }

    /**
     * A monitor has started. When it sees its own Join applied, its replica has caught up, and what
     * an earlier process of the same site left in flight no longer counts.
     *
     * <p>Refused unless it comes from the process that the log knows already or follows on that
     * one: a Join of an older process, committed late, must not make its releases count again.
     *
     * @param run names the process; different at each start, e.g. its start time in ms
     * @param number counts those of one process
     * @param replaces the run of its site that the log knew when this was sent, {@link #NOBODY} for
     *        none; {@link #ANY} in logs of format 1, which did not ask
     * @param voids what an earlier process of the site has promoted or started in a running transition
     *        counts no more: its machine may have lost power since. False in logs up to format 2
     */
    record Join(String site, long run, long number, long replaces,
            boolean voids) implements Command {
        public static final long NOBODY = -1;
        public static final long ANY = -2;
    }

    /** The complete current set of facts seen by {@code site}'s monitor; replaces its last one. */
    record Report(String site, List<Fact> facts) implements Command {
        public Report {
            facts = List.copyOf(facts);
        }
    }

    /**
     * {@code site} renews every ticket it holds. Granted only for tickets in phase HELD; the reply
     * names them with their epochs. That the entry was committed proves that a majority followed
     * the leader after the renewal was sent (DESIGN: rule 2).
     */
    record Renew(String site) implements Command {
    }

    /**
     * The leader's decision; refused unless {@code ifEpoch} still is the ticket's epoch and no
     * transition runs. When the transition has steps it starts, and when one of them is a GRANT the
     * ticket turns REVOKING: from this entry on no renewal is granted. Any pending request is
     * consumed.
     *
     * @param transition empty list of steps when the decision does not change anything
     * @param asked an operator has asked for it: a block of automatic moves does not stop it, and it
     *        causes none. False in logs up to format 3
     */
    record Decide(Decision decision, long ifEpoch, Transition transition,
            boolean asked) implements Command {
    }

    /**
     * {@code site} is not active under {@code epoch} and never will be again: it demoted and stopped
     * everything, or fenced itself.
     *
     * @param run the process that says so; refused when the site has started another one since
     */
    record Released(String service, String site, long epoch, long run) implements Command {
    }

    /**
     * {@code site} has no power, so that nothing of it is active under {@code epoch}. Refused unless
     * the ticket is being taken away from it: a holder that may renew cannot be declared dead.
     *
     * @param by the fence devices that confirm it, or the operator who has looked
     */
    record PoweredOff(String service, String site, long epoch, String by) implements Command {
    }

    /**
     * The leader moves the ticket; refused unless {@code ifEpoch} still is its epoch and it is not
     * HELD. The new epoch is {@code ifEpoch + 1}.
     */
    record Grant(String service, String site, long ifEpoch, Basis basis) implements Command {
        /** Why nobody else can be writing. */
        public enum Basis {
            /** The old holder confirmed its demotion. */
            RELEASED,
            /** The old holder's site has no power, as its fence devices or an operator confirm. */
            FENCED,
            /** Lease + fence bound + drift margin have passed since it can last have renewed. */
            EXPIRED,
            /** There was no holder ever before. */
            FIRST,
            /** The holder itself gets it back: nobody else can have been granted meanwhile. */
            SAME
        }
    }

    /** A step of the running transition is over. */
    record StepOver(String service, long epoch, String step, boolean ok,
            String detail) implements Command {
    }

    /** The leader wants this stance at a site's speaker outside of any transition. */
    record WantStance(String service, String site, String rung, String reason) implements Command {
    }

    /**
     * An operator asks for a move (kind SWITCHOVER) or a rebuild of the standby (RESYNC).
     *
     * @param overrides names of the rules that the operator takes upon himself
     */
    record Request(String service, Kind kind, String site, String operator, boolean force,
            List<String> overrides) implements Command {
        public Request {
            overrides = List.copyOf(overrides);
        }

        public enum Kind {
            SWITCHOVER, RESYNC
        }
    }

    /** The block after an automatic move ends, by an operator or because the cool-down is over. */
    record Unblock(String service, String by) implements Command {
    }

    /**
     * Somebody works on the service, or has finished.
     *
     * @param site empty: on the whole service, nothing moves by itself; else it cannot take over
     * @param reason empty: it is over
     * @param at wall clock, ms since 1970
     */
    record Maintain(String service, String site, String reason, String operator,
            long at) implements Command {
    }

    /**
     * An operator writes on a site.
     *
     * @param value empty: the label goes
     */
    record Label(String site, String name, String value, String operator) implements Command {
    }

    /**
     * The service turned usable or unusable for its clients.
     *
     * @param at wall clock, ms since 1970
     */
    record Served(String service, boolean up, String cause, long at) implements Command {
    }

    /** Changes nothing. The leader sends it to carry its commit index to the followers. */
    record Nudge() implements Command {
    }
}
