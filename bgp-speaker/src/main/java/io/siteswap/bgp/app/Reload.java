package io.siteswap.bgp.app;

import io.siteswap.bgp.wire.Prefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a new configuration changes, so that nothing else is touched.
 *
 * @param neighbors by name, in the order of the new file, those that go last
 * @param gone prefixes that are no longer ours
 * @param refused what needs a restart; if there is any of it, nothing is changed
 */
record Reload(Map<String, NeighborChange> neighbors, boolean ladder, Set<Prefix> gone,
        Set<Prefix> fresh, List<String> refused) {

    /** From the mildest to the strongest. */
    enum NeighborChange {
        /** Its BFD intervals. */
        BFD,
        /** What we tell it. */
        RESEND,
        /** What we take of it: it is asked for its routes again. */
        REFRESH,
        /** The session itself: it ends and starts again. */
        RESET, ADDED, REMOVED
    }

    static Reload of(SpeakerConfig before, SpeakerConfig after) {
        return new Reload(neighbors(before, after), !before.ladder().equals(after.ladder()),
                without(before, after), without(after, before), refused(before, after));
    }

    boolean nothing() {
        return neighbors.isEmpty() && !ladder && gone.isEmpty() && fresh.isEmpty();
    }

    /** One line for each change. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        neighbors.forEach((name, change) -> lines.add("neighbor " + name + ": "
                + switch (change) {
                    case BFD -> "new BFD intervals";
                    case RESEND -> "told our routes again";
                    case REFRESH -> "asked for its routes again";
                    case RESET -> "session started again";
                    case ADDED -> "added";
                    case REMOVED -> "removed";
                }));
        if (ladder) {
            lines.add("ladder: prefixes whose rung means something else are told again");
        }
        fresh.forEach(prefix -> lines.add("prefix " + prefix + ": added"));
        gone.forEach(prefix -> lines.add("prefix " + prefix + ": withdrawn"));
        return lines;
    }

    private static Map<String, NeighborChange> neighbors(SpeakerConfig before,
            SpeakerConfig after) {
        Map<String, SpeakerConfig.Neighbor> old = byName(before);
        Map<String, NeighborChange> changes = new LinkedHashMap<>();
        boolean timers = !before.hold().equals(after.hold())
                || !before.connectRetry().equals(after.connectRetry());
        byName(after).forEach((name, neighbor) -> Optional.ofNullable(old.remove(name))
                .ifPresentOrElse(
                        known -> change(known, neighbor, timers)
                                .ifPresent(c -> changes.put(name, c)),
                        () -> changes.put(name, NeighborChange.ADDED)));
        old.keySet().forEach(name -> changes.put(name, NeighborChange.REMOVED));
        return changes;
    }

    private static Optional<NeighborChange> change(SpeakerConfig.Neighbor before,
            SpeakerConfig.Neighbor after, boolean timers) {
        if (before.equals(after) && !timers) {
            return Optional.empty();
        }
        NeighborOptions was = before.options();
        NeighborOptions is = after.options();
        boolean session = timers || !was.tcp().equals(is.tcp())
                || !was.session().equals(is.session())
                || was.bfd().isPresent() != is.bfd().isPresent()
                || !was.exports().equals(is.exports())
                || !before.with(NeighborOptions.DEFAULTS).with(Map.of())
                        .equals(after.with(NeighborOptions.DEFAULTS).with(Map.of()));
        if (session) {
            return Optional.of(NeighborChange.RESET);
        }
        if (!was.imports().equals(is.imports())) {
            return Optional.of(NeighborChange.REFRESH);
        }
        return Optional.of(before.meanings().equals(after.meanings())
                ? NeighborChange.BFD
                : NeighborChange.RESEND);
    }

    private static Map<String, SpeakerConfig.Neighbor> byName(SpeakerConfig config) {
        Map<String, SpeakerConfig.Neighbor> byName = new LinkedHashMap<>();
        config.neighbors().forEach(n -> byName.put(n.name(), n));
        return byName;
    }

    private static Set<Prefix> without(SpeakerConfig all, SpeakerConfig some) {
        Set<Prefix> prefixes = prefixes(all);
        prefixes.removeAll(prefixes(some));
        return prefixes;
    }

    private static Set<Prefix> prefixes(SpeakerConfig config) {
        return config.originations().stream().map(o -> Prefix.parse(o.prefix()))
                .collect(Collectors.toSet());
    }

    private static List<String> refused(SpeakerConfig before, SpeakerConfig after) {
        List<String> refused = new ArrayList<>();
        check(refused, "as", before.as(), after.as());
        check(refused, "router-id", before.routerId(), after.routerId());
        check(refused, "listen", before.listen(), after.listen());
        check(refused, "socket", before.socket(), after.socket());
        check(refused, "data-dir", before.stateFile(), after.stateFile());
        check(refused, "neighbor-ranges, flap-budget, kernel-routes, rpki, bmp or mrt",
                before.options(), after.options());
        return refused;
    }

    private static void check(List<String> refused, String what, Object before, Object after) {
        if (!before.equals(after)) {
            refused.add(what);
        }
    }
}
