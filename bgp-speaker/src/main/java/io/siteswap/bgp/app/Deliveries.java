package io.siteswap.bgp.app;

import io.netty.channel.ChannelFuture;
import io.siteswap.bgp.speaker.Stance;
import io.siteswap.bgp.wire.Prefix;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which stances the kernel has taken for which neighbour, and word of it. On the loop. */
final class Deliveries {

    private final Map<String, Map<Prefix, Stance>> bySession = new HashMap<>();
    private final Audience audience;

    /** Stances that a neighbour's session was given to write. */
    record Told(String peer, ChannelFuture sent, Map<Prefix, Stance> stances) {
    }

    Deliveries(Audience audience) {
        this.audience = audience;
    }

    void up(String peer) {
        bySession.put(peer, new HashMap<>());
    }

    void down(String peer) {
        bySession.remove(peer);
    }

    void confirm(Told told) {
        if (told.sent().isDone()) {
            written(told);
        } else {
            ChannelFuture _ = told.sent().addListener(_ -> written(told));
        }
    }

    private void written(Told told) {
        Optional<Map<Prefix, Stance>> session = Optional.ofNullable(bySession.get(told.peer()))
                .filter(_ -> told.sent().isSuccess());
        session.ifPresent(known -> told.stances().forEach((prefix, stance) -> {
            known.put(prefix, stance);
            audience.publish(new SpeakerEvent.Written(prefix.toString(), told.peer(),
                    stance.rung(), stance.epoch()));
        }));
    }

    /** An epoch alone changes nothing on the wire. */
    boolean isWritten(String peer, Prefix prefix, Stance stance) {
        return Optional.ofNullable(bySession.get(peer)).map(known -> known.get(prefix))
                .filter(told -> told.rung().equals(stance.rung())).isPresent();
    }
}
