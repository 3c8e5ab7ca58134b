package io.siteswap.monitor.failover;

import io.siteswap.monitor.quorum.ClusterState.Running;
import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Health;
import io.siteswap.policy.plan.Decision.Kind;
import io.siteswap.policy.plan.Step;
import java.util.Optional;

/**
 * Can the service be used, as far as the leader knows? For the ledger only; no decision reads it.
 *
 * @param cause why not
 * @param since on the leader's clock
 */
record Serving(boolean up, String cause, long since) {

    /**
     * Empty while nobody can say: then what the ledger has stands.
     *
     * @param renewed the last sign of life of the holder
     */
    static Optional<Serving> of(View view, Watch watch, Evaluation evaluation, long renewed) {
        Optional<Running> moving = view.running().filter(it -> it.grant().isPresent());
        if (moving.isPresent()) {
            return moving(view, moving.get());
        }
        String holder = view.ticket().holder();
        if (!view.held()) {
            return down(holder + " gave the service up.", view.now());
        }
        Optional<String> lost = evaluation.lost(holder);
        if (lost.isPresent() || watch.silentSince().isPresent()) {
            return down(lost.orElse(holder + " does not renew its lease."), renewed);
        }
        if (view.state().unfinished().isPresent()) {
            return down(view.state().unfinished().get(), view.now());
        }
        // What sites report may be older than the end of the transition.
        return watch.settled(view) ? seen(view, watch, holder) : Optional.empty();
    }

    /** Until a planned move stops something, everything serves as before. */
    private static Optional<Serving> moving(View view, Running running) {
        String from = running.transition().from();
        String to = running.transition().to();
        Kind kind = running.transition().kind();
        if (running.granted() && running.transition().steps().stream()
                .filter(it -> it.site().equals(to) && it.activates())
                .allMatch(it -> running.over().containsKey(it.id()))) {
            return up(view);
        }
        boolean begun = kind != Kind.SWITCHOVER || running.transition().steps().stream()
                .anyMatch(it -> it.site().equals(from) && stops(it)
                        && running.over().containsKey(it.id()));
        return begun
                ? down(kind + (from.equals(to) ? " at " : " from " + from + " to ") + to + ".",
                        view.now())
                : Optional.empty();
    }

    private static boolean stops(Step step) {
        return switch (step.verb()) {
            case PAUSE, STOP, DEMOTE -> true;
            case STANCE, GRANT, PROMOTE, START, FOLLOW, RESYNC -> false;
        };
    }

    private static Optional<Serving> seen(View view, Watch watch, String holder) {
        if (watch.unservedSince().isPresent()) {
            return down("The databases of " + holder + " do not accept writes.",
                    watch.unservedSince().get());
        }
        if (all(view, holder, Fact.AppServer.class)) {
            return down("All application servers of " + holder + " are DOWN.", view.now());
        }
        if (all(view, holder, Fact.LoadBalancer.class)) {
            return down("The load balancer of " + holder + " is DOWN.", view.now());
        }
        return clients(view)
                ? down("No client is served.", view.now())
                : up(view);
    }

    /** Some of the kind are seen at the holder, and all of them are DOWN. */
    private static boolean all(View view, String holder, Class<? extends Fact> kind) {
        boolean any = false;
        for (Fact fact : view.reported(holder)) {
            if (kind.isInstance(fact)) {
                Optional<Health> health = health(fact, view.service(), holder);
                if (health.isPresent() && health.get() != Health.DOWN) {
                    return false;
                }
                any |= health.isPresent();
            }
        }
        return any;
    }

    private static Optional<Health> health(Fact fact, String service, String site) {
        if (fact instanceof Fact.AppServer it && it.service().equals(service)
                && it.site().equals(site)) {
            return Optional.of(it.health());
        }
        return fact instanceof Fact.LoadBalancer it && it.service().equals(service)
                && it.site().equals(site) ? Optional.of(it.health()) : Optional.empty();
    }

    /** Some are tried, and none is served; those at a site that nobody hears say nothing. */
    private static boolean clients(View view) {
        boolean any = false;
        for (Fact.Site site : view.setup().cluster().sites()) {
            for (Fact fact : view.reported(site.name())) {
                if (fact instanceof Fact.Client it && it.service().equals(view.service())
                        && (site.name().equals(view.site()) || view.heard(site.name()))) {
                    if (it.health() != Health.DOWN) {
                        return false;
                    }
                    any = true;
                }
            }
        }
        return any;
    }

    private static Optional<Serving> up(View view) {
        return Optional.of(new Serving(true, "", view.now()));
    }

    private static Optional<Serving> down(String cause, long since) {
        return Optional.of(new Serving(false, cause, since));
    }
}
