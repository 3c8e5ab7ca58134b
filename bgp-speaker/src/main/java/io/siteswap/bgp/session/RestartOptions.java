package io.siteswap.bgp.session;

import io.siteswap.bgp.wire.Capability;
import java.time.Duration;
import java.util.Optional;

/**
 * How a session's routes outlive it (RFC 4724), on both sides.
 *
 * @param restartTime how long the neighbour should keep our routes, 0 to 4095 s
 * @param forwarding our forwarding goes on while this process restarts (F bit)
 * @param notification also an error ends the session without its routes (RFC 8538, N bit)
 * @param longLived how long we keep the neighbour's routes as the last resort after its restart
 * time, at most, and ask it to keep ours (RFC 9494); absent: not at all
 */
public record RestartOptions(Duration restartTime, boolean forwarding, boolean notification,
        Optional<Duration> longLived) {

    public static final RestartOptions DEFAULTS = new RestartOptions(Duration.ofMinutes(2),
            true, true, Optional.empty());

    public RestartOptions {
        if (restartTime.isNegative()
                || restartTime.toSeconds() > Capability.GracefulRestart.MAX_SECONDS) {
            throw new IllegalArgumentException(
                    "The restart time must be between 0 and 4095 s, not "
                            + restartTime.toSeconds() + " s.");
        }
        longLived.ifPresent(RestartOptions::checkLongLived);
    }

    private static void checkLongLived(Duration time) {
        if (time.isNegative()
                || time.toSeconds() > Capability.LongLivedRestart.MAX_SECONDS) {
            throw new IllegalArgumentException(
                    "The long-lived stale time must be between 0 and 16777215 s, not "
                            + time.toSeconds() + " s.");
        }
    }

    public RestartOptions withRestartTime(Duration time) {
        return new RestartOptions(time, forwarding, notification, longLived);
    }

    public RestartOptions withForwarding(boolean preserved) {
        return new RestartOptions(restartTime, preserved, notification, longLived);
    }

    public RestartOptions withNotification(boolean survived) {
        return new RestartOptions(restartTime, forwarding, survived, longLived);
    }

    public RestartOptions withLongLived(Duration time) {
        return new RestartOptions(restartTime, forwarding, notification, Optional.of(time));
    }
}
