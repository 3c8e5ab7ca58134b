package io.siteswap.bgp.session;

import io.siteswap.bgp.wire.Capability.GracefulRestart;
import io.siteswap.bgp.wire.Capability.LongLivedRestart;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Open;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Graceful restart as agreed with a neighbour (RFC 4724, RFC 8538, RFC 9494).
 *
 * @param time how long the neighbour asks us to keep its routes
 * @param restarting it comes back from a restart (R bit)
 * @param notification both survive NOTIFICATIONs that are no hard reset (N bit)
 * @param families the ones it restarts gracefully
 * @param forwarding those of them for which its forwarding went on (F bit)
 * @param longLived how long each is kept after {@code time}, cut to what we allow
 * @param longLivedForwarding those with the F bit of the long-lived capability
 */
public record Restart(Duration time, boolean restarting, boolean notification,
        List<Family> families, List<Family> forwarding, Map<Family, Duration> longLived,
        List<Family> longLivedForwarding) {

    public Restart {
        families = List.copyOf(families);
        forwarding = List.copyOf(forwarding);
        longLived = Map.copyOf(longLived);
        longLivedForwarding = List.copyOf(longLivedForwarding);
    }

    /** Empty unless both said the capability. */
    static Optional<Restart> of(SessionConfig config, Open open, List<Family> agreed) {
        return config.options().gracefulRestart()
                .flatMap(ours -> open.findLast(GracefulRestart.class)
                        .map(theirs -> of(ours, theirs, open, agreed)));
    }

    private static Restart of(RestartOptions ours, GracefulRestart theirs, Open open,
            List<Family> agreed) {
        List<Family> families = agreed.stream()
                .filter(f -> theirs.families().stream().anyMatch(k -> is(f, k))).toList();
        List<Family> forwarding = agreed.stream().filter(f -> theirs.families().stream()
                .anyMatch(k -> is(f, k) && k.forwarding())).toList();
        Map<Family, Duration> longLived = new EnumMap<>(Family.class);
        List<LongLivedRestart.Stale> stale = open.findLast(LongLivedRestart.class)
                .filter(_ -> ours.longLived().isPresent())
                .map(LongLivedRestart::families).orElse(List.of());
        long longest = ours.longLived().orElse(Duration.ZERO).toSeconds();
        for (Family family : agreed) {
            stale.stream().filter(s -> is(family, s) && s.staleSeconds() > 0).findFirst()
                    .ifPresent(s -> longLived.put(family,
                            Duration.ofSeconds(Math.min(longest, s.staleSeconds()))));
        }
        List<Family> longLivedForwarding = agreed.stream().filter(
                f -> stale.stream().anyMatch(s -> is(f, s) && s.forwarding())).toList();
        return new Restart(Duration.ofSeconds(theirs.restartSeconds()), theirs.restarting(),
                ours.notification() && theirs.notification(), families, forwarding, longLived,
                longLivedForwarding);
    }

    private static boolean is(Family family, GracefulRestart.Kept kept) {
        return kept.afi() == family.afi() && kept.safi() == family.safi();
    }

    private static boolean is(Family family, LongLivedRestart.Stale stale) {
        return stale.afi() == family.afi() && stale.safi() == family.safi();
    }

    /** What we keep when the session ends now; empty: nothing. */
    Optional<Retention> retention() {
        Map<Family, Duration> kept = new EnumMap<>(Family.class);
        if (!time.isZero()) {
            families.forEach(f -> kept.put(f, Duration.ZERO));
        }
        kept.putAll(longLived);
        return kept.isEmpty() ? Optional.empty() : Optional.of(new Retention(time, kept));
    }
}
