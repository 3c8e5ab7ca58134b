package io.siteswap.monitor.app;

import io.siteswap.monitor.action.ResourceAgent.ActionFailed;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.failover.Effect;
import io.siteswap.monitor.failover.Event;
import io.siteswap.monitor.failover.Node;
import io.siteswap.monitor.guard.Line;
import io.siteswap.monitor.guard.io.GuardDaemon;
import io.siteswap.monitor.guard.io.GuardLink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Keeps the node's guard informed, if it has one, and what it says in mind. */
final class Guarding implements AutoCloseable {

    /** A guard that runs answers in a few ms; a step that waited in vain is tried again. */
    private static final Duration TAKEN = Duration.ofMillis(500);

    /** Tells people; the daemon's own words. */
    @FunctionalInterface
    interface Teller {
        void tell(Effect.Note.Kind kind, String service, String text);
    }

    private final Optional<GuardLink> link;
    private final List<String> services;
    private final Teller teller;

    private Guarding(ClusterConfig config, ClusterConfig.Node self,
            Consumer<LongFunction<Event>> back, Teller teller) {
        this.services = List.copyOf(config.services().keySet());
        this.teller = teller;
        this.link = self.guard()
                ? Optional.of(new GuardLink(GuardDaemon.socket(config, self.name()),
                        line -> heard(line, back), this::linked))
                : Optional.empty();
    }

    static Guarding start(ClusterConfig config, ClusterConfig.Node self,
            Consumer<LongFunction<Event>> back, Teller teller) {
        Guarding guarding = new Guarding(config, self, back, teller);
        guarding.link.ifPresent(GuardLink::start);
        return guarding;
    }

    private static void heard(Line line, Consumer<LongFunction<Event>> back) {
        switch (line) {
            case Line.Fenced it -> back.accept(
                    now -> new Event.Guarded(now, it.service(), it.epoch()));
            case Line.Lease it -> back.accept(
                    now -> new Event.Guarding(now, it.service(), it.epoch(), it.until()));
            case Line.Fencing it -> back.accept(
                    now -> new Event.Guarding(now, it.service(), it.epoch(), now));
            case Line.Hello _,Line.Clear _,Line.Taken _ -> {
            }
        }
    }

    private void linked(boolean there) {
        teller.tell(there ? Effect.Note.Kind.FENCE : Effect.Note.Kind.ALARM, "", there
                ? "The guard is there."
                : "The guard is gone: if this monitor dies as well, nobody fences. Start it.");
    }

    /** After each event, before its effects. */
    void see(Node node) {
        link.ifPresent(guard -> services.forEach(service -> node.footing(service)
                .flatMap(footing -> footing.line(service))
                .ifPresent(line -> guard.tell(service, line))));
    }

    /** What this monitor fenced itself while it ends. */
    void gaveUp(String service, long epoch) {
        link.ifPresent(guard -> guard.tell(service, new Line.Clear(service, epoch)));
    }

    /** Before a step that makes the site active: who would fence it must know. */
    void require(String service, long epoch) throws ActionFailed, InterruptedException {
        if (link.isPresent() && !link.get().awaitTaken(service, epoch, TAKEN)) {
            throw new ActionFailed(link.get().linked()
                    ? "The guard has not taken epoch " + epoch + " yet."
                    : "No guard runs on this node: start 'siteswap guard'.");
        }
    }

    @Override
    public void close() {
        link.ifPresent(GuardLink::close);
    }
}
