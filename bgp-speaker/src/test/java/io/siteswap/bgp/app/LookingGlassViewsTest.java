package io.siteswap.bgp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.bgp.rib.Seen;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.AsPath.Kind;
import io.siteswap.bgp.wire.AsPath.Segment;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Prefix;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How what is seen is grouped and read. */
class LookingGlassViewsTest {

    private static final Prefix WIDE = Prefix.parse("198.51.100.0/22");
    private static final Prefix NARROW = Prefix.parse("198.51.101.0/24");
    private static final Prefix SIX = Prefix.parse("2001:db8:113::/48");

    private final LookingGlass glass = new LookingGlass(64500);

    private Optional<SpeakerEvent> take(String prefix, AsPath path, long now) {
        return glass.take(new Seen("isp", Prefix.parse(prefix), 0,
                Optional.of(new Seen.Sight(Attributes.of(path), Optional.empty()))), now);
    }

    private List<String> shown(Optional<Prefix> within) {
        return glass.views(List.of(SIX, NARROW, WIDE), within).stream()
                .map(own -> own.own() + " "
                        + own.routes().stream().map(SeenView::prefix).toList())
                .toList();
    }

    @Test
    void eachStandsUnderTheLongestOwnPrefixAroundIt() {
        AsPath path = AsPath.of(List.of(64510L, 64500L));
        for (String prefix : List.of("198.51.102.0/23", "198.51.101.128/25", "198.51.101.0/24",
                "198.51.100.0/24")) {
            assertEquals(true, take(prefix, path, 1).isPresent());
        }
        assertEquals(List.of("198.51.100.0/22 [198.51.100.0/24, 198.51.102.0/23]",
                "198.51.101.0/24 [198.51.101.0/24, 198.51.101.128/25]",
                "2001:db8:113::/48 []"), shown(Optional.empty()));
        assertEquals(List.of("198.51.100.0/22 []",
                "198.51.101.0/24 [198.51.101.128/25]"),
                shown(Optional.of(Prefix.parse("198.51.101.128/25"))));
        assertEquals(List.of(), shown(Optional.of(Prefix.parse("203.0.113.0/24"))));
    }

    @Test
    void whatReadsTheSameIsNoChange() {
        AsPath path = AsPath.of(List.of(64510L, 64500L));
        assertEquals(true, take("198.51.101.0/24", path, 1).isPresent());
        assertEquals(false, take("198.51.101.0/24", path, 2).isPresent());
        assertEquals(1, glass.views(List.of(NARROW), Optional.empty()).getFirst().routes()
                .getFirst().sinceMs());
    }

    @Test
    void prependsAreOurAsAtTheEndAndASetIsOneWord() {
        assertEquals(Optional.of(0), prepends(new AsPath(List.of())), "an internal neighbour");
        assertEquals(Optional.of(1), prepends(AsPath.of(List.of(64500L, 64510L, 64500L, 64500L))));
        assertEquals(Optional.empty(), prepends(AsPath.of(List.of(64500L, 64510L))));
        AsPath set = new AsPath(List.of(new Segment(Kind.SEQUENCE, List.of(64510L)),
                new Segment(Kind.SET, List.of(64500L, 64501L))));
        assertEquals(Optional.empty(), prepends(set));
        assertEquals(List.of("64510", "{64500 64501}"), route(set).asPath());
    }

    private SeenView route(AsPath path) {
        Optional<SpeakerEvent> _ = take("198.51.101.0/24", path, 1);
        return glass.views(List.of(NARROW), Optional.empty()).getFirst().routes().getFirst();
    }

    private Optional<Integer> prepends(AsPath path) {
        return route(path).prepends();
    }
}
