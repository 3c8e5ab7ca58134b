package io.siteswap.lab.sim;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one life or many of them were made of. Not thread-safe. */
final class Tally {

    private long lives;
    private long nanos;
    private long events;
    private final Map<String, Long> faults = new TreeMap<>();
    /** In how many lives each was reached. */
    private final Map<String, Long> states = new TreeMap<>();
    private final Set<String> here = new TreeSet<>();

    /** A monitor was given an event. */
    void event() {
        events++;
    }

    void fault(String kind) {
        faults.merge(kind, 1L, Long::sum);
    }

    /** Something worth reaching was reached. */
    void state(String name) {
        here.add(name);
    }

    /** The life is over after so much of its own time. */
    void end(long lived) {
        lives++;
        nanos += lived;
        here.forEach(name -> states.merge(name, 1L, Long::sum));
        here.clear();
    }

    void add(Tally other) {
        lives += other.lives;
        nanos += other.nanos;
        events += other.events;
        other.faults.forEach((kind, count) -> faults.merge(kind, count, Long::sum));
        other.states.forEach((name, count) -> states.merge(name, count, Long::sum));
    }

    long lives() {
        return lives;
    }

    /** Of simulated time. */
    double seconds() {
        return nanos / 1e9;
    }

    long events() {
        return events;
    }

    Map<String, Long> faults() {
        return faults;
    }

    long faultCount() {
        return faults.values().stream().mapToLong(Long::longValue).sum();
    }

    Map<String, Long> states() {
        return states;
    }
}
