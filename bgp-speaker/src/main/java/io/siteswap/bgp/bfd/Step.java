package io.siteswap.bgp.bfd;

import java.util.List;

/** The next session and what to do, in order. */
public record Step(Session next, List<Effect> effects) {

    static Step stay(Session session) {
        return new Step(session, List.of());
    }
}
