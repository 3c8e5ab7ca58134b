package io.siteswap.bgp.session;

import io.siteswap.bgp.wire.Family;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is kept of a neighbour whose session ended (RFC 4724 section 4.2, RFC 9494 section 4.2).
 *
 * @param restartTime until then the routes are as good as before
 * @param longLived the families and how long each is the last resort after that; 0: not at all
 */
public record Retention(Duration restartTime, Map<Family, Duration> longLived) {

    public Retention {
        longLived = Collections.unmodifiableMap(new EnumMap<>(longLived));
    }

    /** Whose routes are kept, in the order of {@link Family}. */
    public Set<Family> families() {
        return longLived.keySet();
    }

    Set<Family> agelong() {
        return where(longLived.keySet(), f -> !longLived.getOrDefault(f, Duration.ZERO).isZero());
    }

    /** Without these; empty families: nothing is left. */
    Retention without(Set<Family> gone) {
        Map<Family, Duration> left = new EnumMap<>(Family.class);
        left.putAll(longLived);
        left.keySet().removeAll(gone);
        return new Retention(restartTime, left);
    }

    /** The same that much later, in the time of the last resort. */
    Retention after(Duration passed) {
        Map<Family, Duration> left = new EnumMap<>(Family.class);
        longLived.forEach((family, time) -> left.put(family, time.minus(passed)));
        return new Retention(restartTime, left);
    }

    Duration shortest() {
        return longLived.values().stream().min(Duration::compareTo).orElse(Duration.ZERO);
    }

    static Set<Family> where(Set<Family> all, java.util.function.Predicate<Family> wanted) {
        return all.stream().filter(wanted)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Family.class)));
    }
}
