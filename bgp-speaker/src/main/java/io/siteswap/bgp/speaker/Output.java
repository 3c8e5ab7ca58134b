package io.siteswap.bgp.speaker;

import io.siteswap.bgp.rib.BestPath.Choice;
import io.siteswap.bgp.rib.Rib.Notice;
import io.siteswap.bgp.wire.Prefix;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the speaker wants done. */
public sealed interface Output {

    /**
     * The same bytes for all these neighbours.
     *
     * @param messages whole messages one after the other, read-only; its position stays
     * @param updates how many they are
     * @param stances what they carry out, by prefix; End-of-RIB carries out the withdrawn ones
     */
    record Send(List<String> peers, ByteBuffer messages, int updates,
            Map<Prefix, Stance> stances) implements Output {

        Send(List<String> peers, byte[] messages, int updates, Map<Prefix, Stance> stances) {
            this(peers, ByteBuffer.wrap(messages).asReadOnlyBuffer(), updates, stances);
        }
    }

    /**
     * The best route of a prefix changed.
     *
     * @param choice empty: no route is left
     */
    record Best(Prefix prefix, Optional<Choice> choice) implements Output {
    }

    /** A neighbour says something else of one of our own prefixes than before. */
    record Seen(io.siteswap.bgp.rib.Seen now) implements Output {
    }

    /** A neighbour announces more than agreed. */
    record TooMany(Notice notice) implements Output {
    }

    /**
     * A prefix cannot be announced to a neighbour.
     *
     * @param reason one sentence
     */
    record Unannounced(String peer, Prefix prefix, String reason) implements Output {
    }
}
