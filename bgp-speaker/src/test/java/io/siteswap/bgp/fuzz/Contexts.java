package io.siteswap.bgp.fuzz;

import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import java.util.Set;

/** Everything two neighbours can agree on, out of the bits of an octet. */
final class Contexts {

    private Contexts() {
    }

    static Context of(int bits) {
        Set<Family> all = Set.of(Family.values());
        Set<Family> paths = (bits & 8) != 0 ? all : Set.of();
        return new Context((bits & 1) == 0, (bits & 2) == 0)
                .withExtendedMessages((bits & 4) != 0).withAddPath(paths, paths)
                .withExtendedNextHop((bits & 16) != 0 ? all : Set.of());
    }
}
