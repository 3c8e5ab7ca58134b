package io.siteswap.bgp.speaker;

import io.siteswap.bgp.rib.BestPath.Choice;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import java.util.Map;
import java.util.Optional;

/** What the speaker wants done. */
public sealed interface Output {

    /**
     * @param stances what the UPDATE carries out, by prefix; End-of-RIB carries out the
     * withdrawn ones
     */
    record Send(String peer, Update update, Map<Prefix, Stance> stances) implements Output {
    }

    /**
     * The best route of a prefix changed.
     *
     * @param choice empty: no route is left
     */
    record Best(Prefix prefix, Optional<Choice> choice) implements Output {
    }

    /**
     * A prefix cannot be announced to a neighbour.
     *
     * @param reason one sentence
     */
    record Unannounced(String peer, Prefix prefix, String reason) implements Output {
    }
}
