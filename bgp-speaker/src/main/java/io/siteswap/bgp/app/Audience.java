package io.siteswap.bgp.app;

import io.netty.channel.EventLoop;
import io.siteswap.bgp.rib.Rib;
import io.siteswap.bgp.wire.Prefix;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;

/**
 * Who hears of a speaker's events; the table reports only what somebody wants to hear of. On the
 * loop, but for the end of a subscription.
 */
final class Audience {

    private final Logger log;
    private final EventLoop loop;
    private final Rib rib;
    private final List<Consumer<SpeakerEvent>> listeners = new CopyOnWriteArrayList<>();
    /** So many want to hear of every best route. */
    private int curious;

    Audience(Logger log, EventLoop loop, Rib rib) {
        this.log = log;
        this.loop = loop;
        this.rib = rib;
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    /** The table reports every best route from here on. */
    void watchEverything() {
        curious++;
        rib.watchEverything(true);
    }

    /** Called with everything, until it is closed. */
    AutoCloseable join(Consumer<SpeakerEvent> listener) {
        listeners.add(listener);
        watchEverything();
        return () -> loop.execute(() -> {
            if (listeners.remove(listener) && --curious == 0) {
                rib.watchEverything(false);
            }
        });
    }

    /** Called also for other prefixes, as long as somebody else listens to them. */
    AutoCloseable join(Set<Prefix> prefixes, Consumer<SpeakerEvent> listener) {
        listeners.add(listener);
        prefixes.forEach(rib::watch);
        return () -> listeners.remove(listener);
    }

    void publish(SpeakerEvent event) {
        for (Consumer<SpeakerEvent> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException e) {
                // Its bug must not cost the session whose event this is.
                log.error("A listener of this speaker failed on {}.", event, e);
            }
        }
    }
}
