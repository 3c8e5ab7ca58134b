package io.siteswap.monitor.guard;

import io.siteswap.monitor.guard.Hold.Clear;
import io.siteswap.monitor.guard.Hold.Fencing;
import io.siteswap.monitor.guard.Hold.Leased;
import java.util.Optional;

/**
 * What a load balancer that asks is told of a service: HAProxy's words for the operating state of a
 * server, {@code up}, {@code down} and {@code stopped}, with the reason behind a sharp.
 *
 * <p>Never {@code ready}, {@code drain} or {@code maint}: these are the administrative state, which
 * people and the monitor's own commands have. {@code ready} would open a balancer that the monitor
 * has just closed. No commas either: HAProxy shows the reasons in tables that have those.
 */
public final class BalancerWord {

    private BalancerWord() {
    }

    /**
     * One line without its end.
     *
     * @param hold empty: the service was never leased here
     */
    public static String of(Optional<Hold> hold, long now) {
        return hold.map(it -> switch (it) {
            case Leased leased -> leased(leased, now);
            case Fencing fencing -> "down #epoch " + fencing.epoch() + ": being fenced";
            case Clear clear -> "stopped #standby since epoch " + clear.epoch();
        }).orElse("stopped #never active here");
    }

    private static String leased(Leased leased, long now) {
        boolean running = now - leased.until() < 0 && !leased.over();
        if (running && !leased.own()) {
            return "up";
        }
        return "down #epoch " + leased.epoch() + ": "
                + (leased.own() ? "the monitor fences" : "the lease is over");
    }
}
