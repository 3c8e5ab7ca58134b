package io.siteswap.monitor.failover;

import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.ClusterState.Running;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Ticket;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Health;
import io.siteswap.policy.plan.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One service as one monitor sees it at one instant.
 *
 * @param joined this replica has caught up once since the process started
 * @param current nothing suggests that it has fallen behind since
 * @param pulse whether what others report is what they see now
 * @param agenda what time it is, and what to wake up for
 */
record View(Setup setup, Cluster.Service shape, ClusterState all, ServiceState state,
        boolean joined, boolean current, Pulse pulse, Agenda agenda) {

    /** The ladder's rung that takes the prefix away. */
    private static final String WITHDRAWN = "withdrawn";

    /** This machine's monotonic clock, in ns. */
    long now() {
        return agenda.now();
    }

    /** Has that moment come? */
    boolean due(long at) {
        return agenda.due(at);
    }

    String service() {
        return shape.name();
    }

    String site() {
        return setup.site();
    }

    Ticket ticket() {
        return state.ticket();
    }

    Optional<Running> running() {
        return state.running();
    }

    /** The ticket names this site, in whatever phase. */
    boolean mine() {
        return ticket().holder().equals(site());
    }

    boolean held() {
        return ticket().phase() == Ticket.Phase.HELD;
    }

    /** Somebody works on the service, everywhere or here. */
    boolean beingWorkedOn() {
        return state.inMaintenance() || state.maintenance().containsKey(site());
    }

    /** A transition in which this site has a part is under way. */
    boolean involved() {
        return running().map(Running::transition)
                .map(it -> it.from().equals(site()) || it.to().equals(site())
                        || it.steps().stream().anyMatch(step -> step.site().equals(site())))
                .orElse(false);
    }

    // Asked in every step: loops, as streams were a third of a simulated life.
    List<Fact.Database> databases(List<Fact> facts, String site) {
        List<Fact.Database> found = new ArrayList<>(1);
        for (Fact fact : facts) {
            if (fact instanceof Fact.Database it && it.service().equals(service())
                    && it.site().equals(site)) {
                found.add(it);
            }
        }
        return found;
    }

    /** Some database of {@code site} accepts writes, by these facts. */
    boolean writes(List<Fact> facts, String site) {
        for (Fact.Database database : databases(facts, site)) {
            if (database.primary()) {
                return true;
            }
        }
        return false;
    }

    /** Every promotable of {@code site} is seen, answers, and is {@code primary} or not. */
    boolean databasesAre(boolean primary, List<Fact> facts, String site) {
        List<Fact.Database> seen = databases(facts, site);
        return shape.resources(Resource.Type.PROMOTABLE)
                .allMatch(resource -> seen.stream()
                        .anyMatch(it -> it.resource().equals(resource.name())
                                && it.health() == Health.UP && it.primary() == primary));
    }

    Optional<Fact.Announcement> announcement(List<Fact> facts, String site) {
        for (Fact fact : facts) {
            if (fact instanceof Fact.Announcement it && it.service().equals(service())
                    && it.site().equals(site)) {
                return Optional.of(it);
            }
        }
        return Optional.empty();
    }

    List<Fact> reported(String site) {
        return all.facts().getOrDefault(site, List.of());
    }

    /**
     * Rule 5: may the announcement at {@code site} turn from {@code now} to {@code next}? Worse only
     * while an upstream has taken another site's, by reports of a log that lives.
     */
    boolean failStatic(String site, String now, String next) {
        return failStatic(site, now, next, reported(setup.site()));
    }

    /**
     * The same for this monitor's own site.
     *
     * @param own what it sees itself; what an earlier process of it has reported does not count
     */
    boolean failStatic(String site, String now, String next, List<Fact> own) {
        return !setup.cluster().worsens(now, next) || (pulse.live(this) && shape.sites().stream()
                .anyMatch(other -> !other.equals(site) && heard(other, own) && takenAt(other)));
    }

    private boolean takenAt(String site) {
        return announcement(reported(site), site)
                .filter(it -> it.taken() && !it.rung().equals(WITHDRAWN)).isPresent()
                && !WITHDRAWN.equals(state.wanted().get(site));
    }

    /** Somebody hears that site, by what all report. */
    boolean heard(String site) {
        return heard(site, reported(setup.site()));
    }

    /**
     * What a site that nobody hears has reported last says nothing about now; neither does what a
     * witness has said last whom this site does not hear itself. One that is back after it hung is
     * heard a little before it has looked anew: it must not be outvoted.
     */
    private boolean heard(String site, List<Fact> own) {
        int hear = hears(own, site, Health.UP) ? 1 : 0;
        int deaf = hears(own, site, Health.DOWN) ? 1 : 0;
        for (Fact.Site witness : setup.cluster().sites()) {
            String from = witness.name();
            if (!from.equals(site) && !from.equals(setup.site())
                    && hears(own, from, Health.UP)) {
                hear += hears(reported(from), site, Health.UP) ? 1 : 0;
                deaf += hears(reported(from), site, Health.DOWN) ? 1 : 0;
            }
        }
        return hear > 0 && hear >= deaf;
    }

    private static boolean hears(List<Fact> facts, String site, Health health) {
        for (Fact fact : facts) {
            if (fact instanceof Fact.Heartbeat beat && beat.to().equals(site)
                    && beat.health() == health) {
                return true;
            }
        }
        return false;
    }

    /** What is announced at {@code site} by these facts; unknown counts as the best rung. */
    String announced(List<Fact> facts, String site) {
        return announcement(facts, site).map(Fact.Announcement::rung).orElseGet(this::bestRung);
    }

    String bestRung() {
        return setup.cluster().ladder().getFirst();
    }
}
