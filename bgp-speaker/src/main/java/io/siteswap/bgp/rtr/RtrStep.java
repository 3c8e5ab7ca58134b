package io.siteswap.bgp.rtr;

import java.util.List;

/** The next state and what to do, in order. */
public record RtrStep(RtrState next, List<RtrEffect> effects) {

    static RtrStep of(RtrState next, RtrEffect... effects) {
        return new RtrStep(next, List.of(effects));
    }
}
