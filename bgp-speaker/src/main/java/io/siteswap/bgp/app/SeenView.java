package io.siteswap.bgp.app;

import io.siteswap.bgp.rib.Seen;
import io.siteswap.bgp.wire.AsPath;
import io.siteswap.bgp.wire.AsPath.Kind;
import io.siteswap.bgp.wire.AsPath.Segment;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.MultiExitDisc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One of our own prefixes, or a prefix inside one, as a neighbour has it.
 *
 * @param pathId path identifier (RFC 7911), 0: none
 * @param asPath AS numbers from the nearest to the origin; a set is one, like {@code {64500 64501}}
 * @param prepends how often our AS stands at the end of the path beyond the one time it must: which
 * site's announcement this is; absent: the path ends with another AS
 * @param sinceMs milliseconds since 1970: it is like this since then
 * @param verdict {@code kept} like any other route, or why it is not, like {@code own-as}
 */
public record SeenView(String neighbor, String prefix, int pathId, List<String> asPath,
        Optional<Integer> prepends, List<String> communities, Optional<Long> med, long sinceMs,
        String verdict) {

    static SeenView of(Seen seen, Seen.Sight sight, long ownAs, long now) {
        Attributes attributes = sight.attributes();
        AsPath path = attributes.find(AsPath.class).orElse(new AsPath(List.of()));
        return new SeenView(seen.peer(), seen.prefix().toString(), seen.identifier(),
                words(path), prepends(path, ownAs), Views.texts(attributes),
                attributes.find(MultiExitDisc.class).map(MultiExitDisc::value), now,
                sight.rejection().map(r -> r.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .orElse("kept"));
    }

    SeenView since(long ms) {
        return new SeenView(neighbor, prefix, pathId, asPath, prepends, communities, med, ms,
                verdict);
    }

    private static List<String> words(AsPath path) {
        List<String> words = new ArrayList<>();
        for (Segment segment : path.segments()) {
            List<String> numbers = segment.numbers().stream().map(String::valueOf).toList();
            switch (segment.kind()) {
                case SEQUENCE -> words.addAll(numbers);
                case SET -> words.add("{" + String.join(" ", numbers) + "}");
            }
        }
        return words;
    }

    /** An empty path is one of our own AS: internal neighbours send it. */
    private static Optional<Integer> prepends(AsPath path, long ownAs) {
        if (path.segments().isEmpty()) {
            return Optional.of(0);
        }
        Segment last = path.segments().getLast();
        int at = last.kind() == Kind.SEQUENCE ? last.numbers().size() : 0;
        int times = 0;
        while (at > 0 && last.numbers().get(at - 1) == ownAs) {
            at--;
            times++;
        }
        return times > 0 ? Optional.of(times - 1) : Optional.empty();
    }
}
