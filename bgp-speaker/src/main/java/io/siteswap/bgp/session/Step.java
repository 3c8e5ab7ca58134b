package io.siteswap.bgp.session;

import java.util.List;

/** The next state and what to do, in order. */
public record Step(State next, List<Effect> effects) {

    static Step of(State next, Effect... effects) {
        return new Step(next, List.of(effects));
    }

    static Step stay(State state) {
        return new Step(state, List.of());
    }
}
