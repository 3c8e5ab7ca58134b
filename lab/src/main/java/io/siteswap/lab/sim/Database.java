package io.siteswap.lab.sim;

/**
 * One site's database: what it has, and whether it writes, replicates or runs at all. Transactions are
 * counted, not made: clients commit at a steady rate wherever they are let, so that nothing happens
 * in the simulation between two changes.
 */
final class Database {

    /** What the agents know, and what of a server matters to them here. */
    enum Kind {
        /** Goes on running when it is demoted or fenced: the replica fetches the rest. */
        MARIADB,
        /** The same, but a commit waits for the replica, for a while. */
        SEMI_SYNC,
        /** Is down when it is demoted or fenced; when demoted, it has sent everything before. */
        POSTGRESQL;

        boolean stopsForGood() {
            return this == POSTGRESQL;
        }
    }

    /** Between two commits. */
    private static final long COMMIT = VirtualTime.MS;

    final int place;
    private Position has = Position.START;
    private boolean writes;
    /** Clients commit since then, from so many transactions on; while they need not wait. */
    private long since;
    private long base;
    private boolean waits;

    boolean runs = true;
    /** False while it is being rebuilt, and when that did not come to its end. */
    boolean complete = true;
    /** Set up to replicate from the other site. */
    boolean follows;
    boolean streams;
    long connectedAt;
    /** Of what it receives. */
    long lag;
    /** The stream broke without a word: until then it believes that there is nothing to receive. */
    long deceivedUntil;

    private long stalledSince;
    private long stalledUntil;
    private Position beforeStall = Position.START;

    /** What clients were told, as far as a commit waits for the replica. */
    Position acknowledged = Position.START;
    /** Commits wait for the replica; false after it was too slow once, until it has caught up. */
    boolean inSync = true;
    /** All that clients were told is at the replica. */
    boolean covered;
    long waitsSince;

    Database(int place) {
        this.place = place;
    }

    /** It accepts writes. */
    boolean writes() {
        return writes;
    }

    boolean waits() {
        return waits;
    }

    /** What was written or received until then. */
    Position at(long time) {
        if (!writes || waits) {
            long end = Math.max(base, Math.min(has.count(), base + (time - since) / COMMIT));
            return has.upTo(end);
        }
        return has.upTo(base + Math.max(0, time - since) / COMMIT);
    }

    /** All that it has, where it does not write. */
    Position has() {
        return has;
    }

    /** All that it has. */
    Position now(long time) {
        return writes && !waits ? at(time) : has;
    }

    /** Clients are let write, or write again. */
    void commits(long time) {
        base = has.count();
        since = time;
        waits = false;
    }

    /** Clients wait for the replica. */
    void holdsUp(long time) {
        has = now(time);
        waits = true;
        waitsSince = time;
    }

    /** Accepts writes, on a branch of its own, and waits for a replica first of all. */
    void opens(Position.Branch branch, Position told, long time) {
        has = new Position(branch, has.count());
        acknowledged = told;
        writes = true;
        inSync = true;
        commits(time);
    }

    void closes(long time) {
        has = now(time);
        writes = false;
        waits = false;
    }

    /** Its history goes as far as that now. */
    void takes(Position position) {
        has = position;
        base = position.count();
    }

    /** It receives, and applies nothing for a while. */
    void stalls(long time, long until) {
        if (time >= stalledUntil) {
            stalledSince = time;
            beforeStall = has;
        }
        stalledUntil = Math.max(stalledUntil, until);
    }

    boolean stalled(long time) {
        return time < stalledUntil && !writes;
    }

    long stalledUntil() {
        return stalledUntil;
    }

    /** What of it has been applied. */
    Position applied(long time) {
        return stalled(time) && beforeStall.isPrefixOf(has) ? beforeStall : has;
    }

    /** As its replication status has it: what is on its way is not known there. */
    long lagMillis(long time) {
        return stalled(time) ? (time - stalledSince) / VirtualTime.MS : 0;
    }
}
