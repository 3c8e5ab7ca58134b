package io.siteswap.bgp.app;

import io.siteswap.bgp.net.NeighborRunner;
import io.siteswap.bgp.rib.BestPath.Choice;
import io.siteswap.bgp.rib.Route;
import io.siteswap.bgp.speaker.Output;
import io.siteswap.bgp.speaker.Speaker;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Communities;
import io.siteswap.bgp.wire.Community;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.MultiExitDisc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The speaker's state in the words of the local API. */
final class Views {

    private Views() {
    }

    static NeighborView neighbor(SpeakerConfig.Neighbor config, NeighborRunner runner,
            Speaker speaker) {
        NeighborRunner.Counters counters = runner.counters();
        return new NeighborView(config.name(), config.address(), config.as(), runner.state(),
                runner.hold().toMillis(), counters.uptime().toMillis(), counters.messagesIn(),
                counters.messagesOut(), counters.updatesIn(), counters.updatesOut(),
                counters.lastError(), (int) speaker.announced(config.name()),
                speaker.rib().size(config.name()));
    }

    static SpeakerEvent best(Output.Best best) {
        return new SpeakerEvent.Best(best.prefix().toString(),
                best.choice().map(choice -> route(choice.best(), choice)));
    }

    /** All routes that are usable, the best of each prefix first. */
    static List<RouteView> routes(Speaker speaker) {
        List<RouteView> views = new ArrayList<>();
        for (Family family : Family.values()) {
            speaker.rib().page(family, 0, Integer.MAX_VALUE, _ -> true).choices().stream()
                    .sorted(Comparator.comparing(choice -> choice.best().prefix()))
                    .forEach(choice -> {
                        views.add(route(choice.best(), choice));
                        choice.lost().keySet().stream().map(route -> route(route, choice))
                                .forEach(views::add);
                    });
        }
        return views;
    }

    static RouteView route(Route route, Choice choice) {
        List<Community> communities = route.attributes().find(Communities.class)
                .map(Communities::values).orElse(List.of());
        Optional<Long> med = route.attributes().find(MultiExitDisc.class)
                .map(MultiExitDisc::value);
        return new RouteView(route.prefix().toString(), route.equals(choice.best()),
                route.asPath().numbers(), route.nextHop().map(Address::toString).orElse(""),
                route.source().peer(), communities.stream().map(Community::toString).toList(),
                med, choice.reason(route));
    }
}
