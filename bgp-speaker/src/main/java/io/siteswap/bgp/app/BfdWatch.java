package io.siteswap.bgp.app;

import io.siteswap.bgp.bfd.BfdOptions;
import io.siteswap.bgp.bfd.BfdState;
import io.siteswap.bgp.bfd.Change;
import io.siteswap.bgp.bfd.net.BfdAddresses;
import io.siteswap.bgp.bfd.net.BfdService;
import io.siteswap.bgp.bfd.net.SessionView;
import io.siteswap.bgp.net.NeighborRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the sessions what BFD sees; its thread starts with the first neighbour that wants it. */
final class BfdWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BfdWatch.class);

    private final Executor loop;
    private Optional<BfdService> service = Optional.empty();

    BfdWatch(Executor loop) {
        this.loop = loop;
    }

    /** @throws IOException with one sentence for the operator */
    void watch(List<Neighborhood.Member> members) throws IOException {
        List<Neighborhood.Member> wanted = members.stream()
                .filter(m -> m.config().options().bfd().isPresent()).toList();
        if (!wanted.isEmpty() && service.isEmpty()) {
            service = Optional.of(BfdService.start(addresses(wanted)));
        }
        for (Neighborhood.Member member : wanted) {
            watch(member);
        }
    }

    /** The ports of other addresses are left to other BFD daemons of this machine. */
    private static BfdAddresses addresses(List<Neighborhood.Member> members) {
        List<InetAddress> known = members.stream().flatMap(m -> m.config().local().stream())
                .distinct().map(InetAddress::ofLiteral).toList();
        boolean all = members.stream().allMatch(m -> m.config().local().isPresent());
        return all ? BfdAddresses.on(known.toArray(InetAddress[]::new)) : BfdAddresses.ALL;
    }

    /** @throws IOException with one sentence for the operator */
    private void watch(Neighborhood.Member member) throws IOException {
        BfdOptions options = member.config().options().bfd().orElseThrow();
        NeighborRunner runner = member.runner();
        service.orElseThrow().watch(runner.name(), runner.address().remote().getAddress(),
                member.config().local().map(InetAddress::ofLiteral), options,
                (_, change) -> loop.execute(() -> changed(runner, change)));
    }

    private static void changed(NeighborRunner runner, Change change) {
        if (change.state() == BfdState.UP) {
            LOG.info("BFD with neighbour {} is up.", runner.name());
            runner.bfdUp();
        } else if (change.pathFailed()) {
            LOG.warn("BFD with neighbour {} is down: {}.", runner.name(), change.diagnostic());
            runner.bfdDown(String.valueOf(change.diagnostic()), change.independent());
        }
    }

    void unwatch(String name) {
        service.ifPresent(s -> s.unwatch(name));
    }

    /** By name of the neighbour. */
    Map<String, SessionView> views() {
        return service.map(BfdService::views).orElse(List.of()).stream()
                .collect(Collectors.toMap(SessionView::key, Function.identity()));
    }

    @Override
    public void close() {
        service.ifPresent(BfdService::close);
    }
}
