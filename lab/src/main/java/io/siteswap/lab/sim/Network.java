package io.siteswap.lab.sim;

import java.util.Arrays;

/** The links between the sites, each way for itself, and what happens to messages. */
final class Network {

    private static final double LOSS = 0.02;
    private static final double LATE = 0.02;
    private static final long LATEST_MS = 2500;

    private final VirtualTime time;
    private final Tally tally;
    /** Site's place after site's place: nothing gets from the first to the second. */
    private final boolean[][] cuts;
    private int cutCount;
    private boolean noisy;

    Network(VirtualTime time, Tally tally, int sites) {
        this.time = time;
        this.tally = tally;
        this.cuts = new boolean[sites][sites];
    }

    /** Messages get there. */
    boolean reaches(Machine from, Machine to) {
        return cutCount == 0 || !cuts[from.place][to.place];
    }

    /** Questions get there and answers come back. */
    boolean connected(Machine one, Machine other) {
        return cutCount == 0
                || (!cuts[one.place][other.place] && !cuts[other.place][one.place]);
    }

    /** @return whether it was not cut before */
    boolean cutOneWay(Machine from, Machine to) {
        if (from == to || cuts[from.place][to.place]) {
            return false;
        }
        cuts[from.place][to.place] = true;
        cutCount++;
        return true;
    }

    /** @return whether it was not cut before */
    boolean cut(Machine one, Machine other) {
        boolean there = cutOneWay(one, other);
        boolean back = cutOneWay(other, one);
        return there || back;
    }

    void heal() {
        for (boolean[] row : cuts) {
            Arrays.fill(row, false);
        }
        cutCount = 0;
    }

    /** Messages get lost, come late and come twice from here on, or no more. */
    void noise(boolean on) {
        noisy = on;
    }

    boolean noisy() {
        return noisy;
    }

    private boolean happens(String kind, double probability) {
        boolean now = noisy && time.chance(probability);
        if (now) {
            tally.fault(kind);
        }
        return now;
    }

    boolean lost() {
        return happens("message lost", LOSS);
    }

    boolean twice() {
        return happens("message twice", LOSS);
    }

    /** Until an answer arrives. */
    long answerDelay() {
        long usual = time.delay();
        return happens("message late", LATE)
                ? usual + time.between(0, LATEST_MS) * VirtualTime.MS
                : usual;
    }
}
