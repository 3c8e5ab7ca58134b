package io.siteswap.bgp.speaker;

import io.siteswap.bgp.wire.Community;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rungs by name, the most attractive one first. */
public record Ladder(Map<String, Rung> rungs) {

    /** @throws IllegalArgumentException if there is no rung */
    public Ladder {
        if (rungs.isEmpty()) {
            throw new IllegalArgumentException("A ladder needs at least one rung.");
        }
        rungs = Collections.unmodifiableMap(new LinkedHashMap<>(rungs));
    }

    /** The ladder of a configuration that has none. */
    public static Ladder standard() {
        Map<String, Rung> rungs = new LinkedHashMap<>();
        rungs.put("best", Rung.prepended(0));
        rungs.put("normal", Rung.prepended(2));
        rungs.put("backup", Rung.prepended(4));
        rungs.put("drain",
                new Rung(6, List.of(Community.GRACEFUL_SHUTDOWN), Optional.empty(), false));
        rungs.put("withdrawn", Rung.none());
        return new Ladder(rungs);
    }

    public Optional<Rung> find(String name) {
        return Optional.ofNullable(rungs.get(name));
    }
}
