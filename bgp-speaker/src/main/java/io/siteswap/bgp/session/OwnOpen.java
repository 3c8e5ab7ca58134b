package io.siteswap.bgp.session;

import io.siteswap.bgp.wire.Capability;
import io.siteswap.bgp.wire.Capability.AddPath;
import io.siteswap.bgp.wire.Capability.GracefulRestart;
import io.siteswap.bgp.wire.Capability.LongLivedRestart;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Open;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The OPEN we send. */
final class OwnOpen {

    private OwnOpen() {
    }

    static Open of(SessionConfig config, Terms terms) {
        List<Capability> capabilities = switch (terms.offer()) {
            case EVERYTHING -> everything(config, terms);
            case BASICS -> basics(config);
            case NOTHING -> List.of();
        };
        return Open.of(config.localAs(), (int) config.hold().toSeconds(), config.routerId(),
                capabilities);
    }

    private static List<Capability> basics(SessionConfig config) {
        List<Capability> capabilities = new ArrayList<>();
        config.families().forEach(f -> capabilities.add(Capability.MultiProtocol.of(f)));
        capabilities.add(new Capability.Refresh());
        capabilities.add(new Capability.FourOctetAs(config.localAs()));
        return capabilities;
    }

    private static List<Capability> everything(SessionConfig config, Terms terms) {
        SessionOptions options = config.options();
        List<Capability> capabilities = basics(config);
        if (options.enhancedRefresh()) {
            capabilities.add(new Capability.EnhancedRefresh());
        }
        if (options.extendedMessages()) {
            capabilities.add(new Capability.ExtendedMessage());
        }
        if (options.extendedNextHop()) {
            capabilities.add(Capability.ExtendedNextHop.ipv4OverIpv6());
        }
        options.role().filter(_ -> config.external())
                .ifPresent(role -> capabilities.add(Capability.Role.of(role)));
        List<Family> paths = config.families().stream()
                .filter(options.addPathReceive()::contains).toList();
        if (!paths.isEmpty()) {
            capabilities.add(new AddPath(paths.stream()
                    .map(f -> new AddPath.Paths(f.afi(), f.safi(), true, false)).toList()));
        }
        if (options.bfdStrict()) {
            capabilities.add(new Capability.BfdStrict());
        }
        options.gracefulRestart().ifPresent(
                restart -> capabilities.addAll(restart(config, restart, terms.restarting())));
        return capabilities;
    }

    private static List<Capability> restart(SessionConfig config, RestartOptions options,
            boolean restarting) {
        List<Capability> capabilities = new ArrayList<>();
        capabilities.add(new GracefulRestart(restarting, options.notification(),
                (int) options.restartTime().toSeconds(),
                config.families().stream().map(f -> new GracefulRestart.Kept(f.afi(), f.safi(),
                        options.forwarding())).toList()));
        options.longLived().map(Duration::toSeconds).ifPresent(seconds -> capabilities
                .add(new LongLivedRestart(config.families().stream()
                        .map(f -> new LongLivedRestart.Stale(f.afi(), f.safi(),
                                options.forwarding(), seconds.intValue()))
                        .toList())));
        return capabilities;
    }
}
