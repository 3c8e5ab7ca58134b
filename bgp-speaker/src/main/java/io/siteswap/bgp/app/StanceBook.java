package io.siteswap.bgp.app;

import io.siteswap.bgp.speaker.Ladder;
import io.siteswap.bgp.speaker.Stance;
import io.siteswap.bgp.wire.Prefix;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Every own prefix with its stance, and the newest fencing token accepted for each service.
 *
 * @param stances in the order of the configuration
 */
record StanceBook(Map<Prefix, Entry> stances, Map<String, Long> epochs) {

    /**
     * @param service whose stances the prefix follows
     * @param asked somebody asked for it; false: it is the initial rung
     */
    record Entry(String service, Stance stance, boolean asked) {
    }

    /** Answer to a request. */
    sealed interface Verdict {

        /** @param changed false: it stood there already, word for word */
        record Accept(StanceBook next, Prefix prefix, Entry entry,
                boolean changed) implements Verdict {
        }

        record Refuse(String reason) implements Verdict {
        }
    }

    StanceBook {
        stances = Collections.unmodifiableMap(new LinkedHashMap<>(stances));
        epochs = Map.copyOf(epochs);
    }

    /** Everything on its initial rung. */
    static StanceBook initial(SpeakerConfig config) {
        Map<Prefix, Entry> stances = new LinkedHashMap<>();
        config.originations().forEach(origination -> stances.put(
                Prefix.parse(origination.prefix()),
                new Entry(origination.service(), new Stance(origination.initialRung(), 0), false)));
        return new StanceBook(stances, Map.of());
    }

    /**
     * What a former run accepted, as far as the configuration still has that prefix, service and
     * rung. Fencing tokens survive in any case.
     */
    StanceBook restored(StanceBook saved, Ladder ladder) {
        Map<Prefix, Entry> merged = new LinkedHashMap<>(stances);
        saved.stances.forEach((prefix, entry) -> {
            boolean same = Optional.ofNullable(stances.get(prefix))
                    .filter(e -> e.service.equals(entry.service)).isPresent();
            if (same && ladder.find(entry.stance.rung()).isPresent()) {
                merged.put(prefix, entry);
            }
        });
        return new StanceBook(merged, saved.epochs);
    }

    Verdict decide(Ladder ladder, String service, long epoch, Prefix prefix, String rung) {
        Optional<Entry> entry = Optional.ofNullable(stances.get(prefix));
        long newest = epochs.getOrDefault(service, 0L);
        if (entry.isEmpty()) {
            return new Verdict.Refuse("This speaker does not originate " + prefix + ".");
        }
        if (!entry.get().service.equals(service)) {
            return new Verdict.Refuse("The prefix " + prefix + " belongs to service '"
                    + entry.get().service + "', not '" + service + "'.");
        }
        if (ladder.find(rung).isEmpty()) {
            return new Verdict.Refuse("There is no rung '" + rung + "': the ladder has "
                    + String.join(", ", ladder.rungs().keySet()) + ".");
        }
        if (epoch < newest) {
            return new Verdict.Refuse("Epoch " + epoch + " of service '" + service
                    + "' is over: " + newest + " was accepted.");
        }
        Entry next = new Entry(service, new Stance(rung, epoch), true);
        return new Verdict.Accept(with(prefix, next), prefix, next,
                !next.equals(entry.get()) || epoch != newest);
    }

    boolean isOn(Prefix prefix, String rung) {
        return Optional.ofNullable(stances.get(prefix))
                .filter(entry -> entry.stance.rung().equals(rung)).isPresent();
    }

    private StanceBook with(Prefix prefix, Entry entry) {
        Map<Prefix, Entry> nextStances = new LinkedHashMap<>(stances);
        nextStances.put(prefix, entry);
        Map<String, Long> nextEpochs = new LinkedHashMap<>(epochs);
        nextEpochs.put(entry.service, entry.stance.epoch());
        return new StanceBook(nextStances, nextEpochs);
    }

    /** For the core. */
    Map<Prefix, Stance> forSpeaker() {
        Map<Prefix, Stance> plain = new LinkedHashMap<>();
        stances.forEach((prefix, entry) -> plain.put(prefix, entry.stance));
        return plain;
    }
}
