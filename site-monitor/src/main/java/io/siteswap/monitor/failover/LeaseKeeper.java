package io.siteswap.monitor.failover;

import io.siteswap.monitor.failover.Standing.Active;
import io.siteswap.monitor.failover.Standing.Fencing;
import io.siteswap.monitor.failover.Standing.Idle;
import io.siteswap.monitor.failover.Standing.Unsure;
import io.siteswap.monitor.quorum.ClusterState.Running;
import io.siteswap.monitor.quorum.Ticket.Phase;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.plan.Resource;
import io.siteswap.policy.plan.Step;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Rule 2 at the holder: when a site may be active and when it must fence. A function per state. */
final class LeaseKeeper {

    private LeaseKeeper() {
    }

    /**
     * The standing after time or the log went on.
     *
     * @param observed what this monitor sees, empty when it has seen nothing yet
     * @param went ids of this site's steps of the running transition that went well
     */
    static Standing advance(Standing standing, View view, List<Fact> observed, Set<String> went) {
        return switch (standing) {
            case Unsure unsure -> unsure(unsure, view, observed);
            case Active active -> active(active, view, went);
            case Fencing fencing -> fencing;
            case Idle idle -> idle(idle, view, observed);
        };
    }

    private static Standing unsure(Unsure unsure, View view, List<Fact> observed) {
        if (view.ticket().phase() == Phase.VACANT && unsure.epoch() == 0) {
            // Brought in beside a live database: it goes on until the first grant says otherwise.
            return unsure;
        }
        boolean waited = view.due(unsure.until());
        if (!view.joined() || view.mine()) {
            return waited
                    ? fence(unsure, view, unsure.epoch() > 0
                            ? "The lease of the monitor before this one is over."
                            : "No lease could be had since the monitor started.")
                    : unsure;
        }
        if (view.databasesAre(false, observed, view.site())) {
            return new Idle(view.ticket().epoch(), view.now());
        }
        return view.writes(observed, view.site()) || waited
                ? fence(unsure, view,
                        "The monitor started at a site that does not hold the service.")
                : unsure;
    }

    private static Standing active(Active active, View view, Set<String> went) {
        if (view.joined() && hasReleased(active, view, went)) {
            return new Idle(active.epoch(), view.now());
        }
        if (view.due(active.until())) {
            return fence(active.epoch(), view, "The lease ran out.");
        }
        boolean goneElsewhere = view.ticket().epoch() > active.epoch() && !view.mine();
        // An earlier process released it, or somebody believes that this site has no power.
        boolean givenUp = view.ticket().epoch() == active.epoch() && view.mine()
                && (view.ticket().phase() == Phase.RELEASED
                        || view.ticket().phase() == Phase.FENCED);
        return goneElsewhere || givenUp
                ? fence(active.epoch(), view, "The ticket is no longer ours.")
                : active;
    }

    /** A database may be started as a writer behind our back, e.g. at boot. */
    private static Standing idle(Idle idle, View view, List<Fact> observed) {
        // Right after a demotion the probes still tell the old truth.
        boolean settled = view.due(idle.since() + view.setup().settle());
        return view.current() && settled && view.writes(observed, view.site())
                && !view.involved()
                        ? fence(idle.epoch(), view,
                                "A database accepts writes at a site without lease.")
                        : idle;
    }

    /** All promotables demoted and all startables stopped, in order and with success. */
    private static boolean hasReleased(Active active, View view, Set<String> went) {
        boolean revoked = view.mine() && view.ticket().phase() == Phase.REVOKING
                && view.ticket().epoch() == active.epoch();
        return revoked && view.running()
                .filter(it -> it.transition().from().equals(view.site())
                        && !it.transition().to().equals(view.site()))
                .filter(it -> released(view, it, went)).isPresent();
    }

    private static boolean released(View view, Running running, Set<String> went) {
        Predicate<Resource> demoted = resource -> went(view, running, went, resource,
                Step.Verb.DEMOTE);
        Predicate<Resource> stopped = resource -> went(view, running, went, resource,
                Step.Verb.STOP);
        return view.shape().resources(Resource.Type.PROMOTABLE).allMatch(demoted)
                && view.shape().resources(Resource.Type.STARTABLE).allMatch(stopped);
    }

    private static boolean went(View view, Running running, Set<String> went, Resource resource,
            Step.Verb verb) {
        return running.transition().steps().stream().anyMatch(step -> step.verb() == verb
                && step.site().equals(view.site()) && step.resource().equals(resource.name())
                && went.contains(step.id()));
    }

    /** The standing after a renewal that was sent at {@code sent} has been granted. */
    static Standing renewed(Standing standing, View view, long sent, long epoch) {
        long until = sent + view.setup().lease();
        if (until - view.now() <= 0) {
            return standing;
        }
        return switch (standing) {
            case Unsure _ -> new Active(epoch, until);
            case Active active -> epoch < active.epoch()
                    ? active
                    : new Active(epoch, until - active.until() > 0 ? until : active.until());
            case Fencing fencing -> fencing;
            // Before it has joined, this process cannot tell which epoch its fence ended.
            case Idle idle -> view.joined() && epoch > idle.epoch()
                    ? new Active(epoch, until)
                    : idle;
        };
    }

    /** This site has been granted the ticket: the wait for its first lease starts now. */
    static Standing granted(Standing standing, View view) {
        return switch (standing) {
            case Unsure unsure -> new Unsure(unsure.epoch(), view.now() + view.setup().lease());
            case Active active -> active;
            case Fencing fencing -> fencing;
            case Idle idle -> idle;
        };
    }

    /** The replica has caught up: what was given up in the dark covers the ticket as it is. */
    static Standing joined(Standing standing, View view) {
        if (!view.mine()) {
            return standing;
        }
        long epoch = view.ticket().epoch();
        return switch (standing) {
            case Unsure unsure -> unsure;
            case Active active -> active;
            case Fencing it -> new Fencing(Math.max(epoch, it.epoch()), it.inFlight(),
                    it.retryAt(), it.why());
            case Idle it -> new Idle(Math.max(epoch, it.epoch()), it.since());
        };
    }

    /** The standing after the guard said that nothing under {@code epoch} is active here any more. */
    static Standing guarded(Standing standing, View view, long epoch) {
        if (standing.gaveUp(epoch)) {
            return standing;
        }
        return switch (standing) {
            case Unsure _,Active _,Idle _ -> new Idle(epoch, view.now());
            case Fencing fencing -> fencing;
        };
    }

    /**
     * The standing after the guard said what lease it has taken of the process before this one: it is
     * over no later, even if the guard should hang from now on.
     */
    static Standing guarding(Standing standing, long epoch, long until) {
        return standing instanceof Unsure unsure
                ? new Unsure(Math.max(unsure.epoch(), epoch),
                        until - unsure.until() < 0 ? until : unsure.until())
                : standing;
    }

    /** The standing after a fence has ended. */
    static Standing fenced(Standing standing, View view, boolean ok) {
        if (!(standing instanceof Fencing fencing) || !fencing.inFlight()) {
            return standing;
        }
        return ok ? new Idle(fencing.epoch(), view.now()) : again(fencing, view);
    }

    /**
     * With a newer token if there is one: the old one may have been the reason of the failure. Also
     * where the newer one is this site's own, granted anew while it did not know that it had lost
     * the former: it gives that up too, rather than stay active without a lease.
     */
    private static Fencing again(Fencing fencing, View view) {
        return new Fencing(Math.max(fencing.epoch(), view.ticket().epoch()), false,
                view.now() + view.setup().backoff(0), fencing.why());
    }

    static Fencing fence(long epoch, View view, String why) {
        // Agents refuse an old token, a fence's too; one that names another holder is as good.
        long token = view.mine() ? epoch : Math.max(epoch, view.ticket().epoch());
        return new Fencing(token, false, view.now(), why);
    }

    private static Fencing fence(Unsure unsure, View view, String why) {
        return fence(Math.max(unsure.epoch(), view.ticket().epoch()), view, why);
    }
}
