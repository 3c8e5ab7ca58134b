package io.siteswap.bgp.app;

import io.netty.channel.EventLoop;
import io.siteswap.bgp.rib.OriginValidation;
import io.siteswap.bgp.rtr.OwnRoute;
import io.siteswap.bgp.rtr.Validity;
import io.siteswap.bgp.rtr.VrpTable;
import io.siteswap.bgp.rtr.net.RtrClient;
import io.siteswap.bgp.rtr.net.RtrListener;
import io.siteswap.bgp.speaker.Rung;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the RPKI says: of our own prefixes to the operator, of received routes to the RIB. Without
 * data, before a cache answers and after what it said has expired, nothing is invalid.
 */
final class RpkiWatch implements RtrListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RpkiWatch.class);
    /** Prefixes looked at again in one visit to the loop: one binary search per ROA length each. */
    private static final int SLICE = 512;

    private final SpeakerOptions.Rtr options;
    private final long as;
    private final EventLoop loop;
    private final Engine engine;
    private volatile VrpTable table = VrpTable.EMPTY;
    private Optional<RtrClient> client = Optional.empty();
    /** The loop's; a walk that began with older data ends. */
    private int walk;

    private RpkiWatch(SpeakerOptions.Rtr options, long as, EventLoop loop, Engine engine) {
        this.options = options;
        this.as = as;
        this.loop = loop;
        this.engine = engine;
    }

    /** Watches all that a configuration can announce. */
    static RpkiWatch start(SpeakerOptions.Rtr options, SpeakerConfig config, EventLoop loop,
            Engine engine) {
        RpkiWatch watch = new RpkiWatch(options, config.as(), loop, engine);
        loop.execute(() -> engine.speaker().rib().origins(watch::received));
        RtrClient started = RtrClient.start(options.options(), watch);
        watch.client = Optional.of(started);
        watch.own(config);
        return watch;
    }

    /** What is ours from here on. */
    void own(SpeakerConfig config) {
        Set<OwnRoute> routes = new HashSet<>();
        for (SpeakerConfig.Origination origination : config.originations()) {
            Prefix own = Prefix.parse(origination.prefix());
            routes.add(new OwnRoute(own, as));
            config.ladder().rungs().values().forEach(rung -> rung.announced(own)
                    .forEach(prefix -> routes.add(new OwnRoute(prefix, as))));
        }
        client.ifPresent(c -> c.watch(routes));
    }

    /** As of now, of the worst that is announced on a rung, or of the prefix if nothing is. */
    String validity(Prefix own, Optional<Rung> rung) {
        Set<Prefix> announced = new HashSet<>(rung.map(r -> r.announced(own)).orElse(Set.of()));
        announced.add(own);
        VrpTable now = table;
        return announced.stream().map(prefix -> word(now.validate(prefix, as)))
                .min(String::compareTo).orElseThrow();
    }

    /** In the order of the alphabet the worst comes first. */
    private static String word(Validity validity) {
        return switch (validity) {
            case Validity.Invalid _ -> "invalid";
            case Validity.NotFound _ -> "unknown";
            case Validity.Valid _ -> "valid";
        };
    }

    /** Why a stance may not be taken; withdrawing always may. */
    Optional<String> refusal(Prefix own, Optional<Rung> rung) {
        if (options.ownInvalid() == SpeakerOptions.OwnInvalid.WARN) {
            return Optional.empty();
        }
        VrpTable now = table;
        return rung.map(r -> r.announced(own)).orElse(Set.of()).stream()
                .filter(prefix -> now.validate(prefix, as) instanceof Validity.Invalid)
                .map(prefix -> new OwnRoute(prefix, as).says(now.validate(prefix, as)))
                .findFirst();
    }

    private OriginValidation.Validity received(Prefix prefix, long originAs) {
        return switch (table.validate(prefix, originAs == 0 ? VrpTable.NO_ORIGIN : originAs)) {
            case Validity.Valid _ -> OriginValidation.Validity.VALID;
            case Validity.Invalid _ -> OriginValidation.Validity.INVALID;
            case Validity.NotFound _ -> OriginValidation.Validity.NOT_FOUND;
        };
    }

    @Override
    public void validity(OwnRoute route, Validity validity, String sentence) {
        switch (validity) {
            case Validity.Invalid _ -> LOG.error("{} Networks that validate origins drop it.",
                    sentence);
            case Validity.NotFound _ -> LOG.warn(sentence);
            case Validity.Valid _ -> LOG.info(sentence);
        }
        loop.execute(
                () -> engine.audience().publish(new SpeakerEvent.Rpki(route.prefix().toString(),
                        word(validity), sentence)));
    }

    /** Comes before the validities that follow from it. */
    @Override
    public void table(VrpTable next) {
        table = next;
        loop.execute(() -> {
            walk++;
            revalidate(walk, Family.IPV4_UNICAST, 0);
            revalidate(walk, Family.IPV6_UNICAST, 0);
        });
    }

    private void revalidate(int of, Family family, int cursor) {
        if (of == walk) {
            engine.revalidate(family, cursor, SLICE).ifPresent(next -> {
                Future<?> _ = loop.submit(() -> revalidate(of, family, next));
            });
        }
    }

    @Override
    public void said(String sentence) {
        LOG.info(sentence);
    }

    @Override
    public void close() {
        client.ifPresent(RtrClient::close);
    }
}
