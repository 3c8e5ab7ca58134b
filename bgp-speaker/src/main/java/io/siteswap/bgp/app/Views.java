package io.siteswap.bgp.app;

import io.siteswap.bgp.net.NeighborRunner;
import io.siteswap.bgp.rib.BestPath.Choice;
import io.siteswap.bgp.rib.Route;
import io.siteswap.bgp.speaker.Output;
import io.siteswap.bgp.speaker.Speaker;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Communities;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.ExtendedCommunities;
import io.siteswap.bgp.wire.LargeCommunities;
import io.siteswap.bgp.wire.MpReach;
import io.siteswap.bgp.wire.NextHop;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.MultiExitDisc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The speaker's state in the words of the local API. */
final class Views {

    private Views() {
    }

    static NeighborView neighbor(Neighborhood.Member member, Speaker speaker) {
        SpeakerConfig.Neighbor config = member.config();
        NeighborRunner runner = member.runner();
        NeighborRunner.Counters counters = runner.counters();
        return new NeighborView(config.name(), config.address(), config.as(), runner.state(),
                runner.hold().toMillis(), counters.uptime().toMillis(), counters.messagesIn(),
                counters.messagesOut(), counters.updatesIn(), counters.updatesOut(),
                counters.lastError(), (int) speaker.announced(config.name()),
                speaker.rib().size(config.name()), runner.faults().total(), Optional.empty());
    }

    /** The routes that an UPDATE of ours announces. */
    static List<RouteView> advertised(Update update) {
        Attributes attributes = update.attributes();
        Optional<Address> hop = attributes.find(MpReach.class).map(MpReach::nextHop)
                .or(() -> attributes.find(NextHop.class).map(NextHop::address));
        return update.allAnnounced().stream()
                .map(prefix -> new RouteView(prefix.toString(), true,
                        attributes.find(AsPath.class).map(AsPath::numbers).orElse(List.of()),
                        hop.map(Address::toString).orElse(""), "", texts(attributes),
                        attributes.find(MultiExitDisc.class).map(MultiExitDisc::value), ""))
                .toList();
    }

    /** Communities of all kinds, as people write them. */
    static List<String> texts(Attributes attributes) {
        List<String> texts = new ArrayList<>();
        attributes.find(Communities.class)
                .ifPresent(c -> c.values().forEach(v -> texts.add(v.toString())));
        attributes.find(LargeCommunities.class)
                .ifPresent(c -> c.values().forEach(v -> texts.add(v.toString())));
        attributes.find(ExtendedCommunities.class)
                .ifPresent(c -> c.values().forEach(v -> texts.add(v.toString())));
        return texts;
    }

    static SpeakerEvent best(Output.Best best) {
        return new SpeakerEvent.Best(best.prefix().toString(),
                best.choice().map(choice -> route(choice.best(), choice)));
    }

    static RouteView route(Route route, Choice choice) {
        Optional<Long> med = route.attributes().find(MultiExitDisc.class)
                .map(MultiExitDisc::value);
        return new RouteView(route.prefix().toString(), route.equals(choice.best()),
                route.asPath().numbers(), route.nextHop().map(Address::toString).orElse(""),
                route.source().peer(), texts(route.attributes()),
                med, choice.reason(route));
    }
}
