package io.siteswap.lab.sim;

import java.util.List;

/** One site's machine: its clock and disk, its monitor, its guard and what they look after. */
final class Machine {

    final String site;
    /** Among the sites, from 0. */
    final int place;
    final boolean datacenter;
    final Monitor monitor;
    final Guard guard;

    private final VirtualTime time;
    private final List<String> services;
    /** By the services' places; none at an arbiter. */
    private final List<Resources> resources;
    /** This machine's clock is {@code offset + rate * world time}. */
    private long offset;
    private final double rate;
    private boolean up = true;
    private boolean suspended;
    private long downSince;
    /** Grows at each power loss, so that what was under way dies with it. */
    private int boots;
    /** Until then its disk takes nothing. */
    private long stalledUntil;
    /** Until then its probes see nobody. */
    private long liesUntil;

    Machine(World world, String site, int place) {
        this.time = world.time();
        this.site = site;
        this.place = place;
        this.datacenter = Shape.DATACENTERS.contains(site);
        this.offset = time.exact() ? 0 : time.between(0, 1L << 40) - (1L << 39);
        double drift = time.exact() ? 0 : (time.between(0, 2000) - 1000) / 1e5;
        this.rate = (1 + drift) * (datacenter ? world.mutation().rateOfHolders() : 1);
        this.services = world.services();
        this.resources = datacenter
                ? services.stream().map(world::replication)
                        .map(it -> new Resources(world.mutation(), it, it.database(place)))
                        .toList()
                : List.of();
        this.monitor = new Monitor(world, this);
        this.guard = new Guard(world, this);
    }

    long clock() {
        return clockAt(time.now());
    }

    private long clockAt(long world) {
        return offset + (long) (world * rate);
    }

    /** How long from now until the machine's clock shows {@code clock} or more. */
    long until(long clock) {
        long at = Math.max(time.now(), (long) Math.ceil((clock - offset) / rate));
        // Rounding must not have it wake up in vain for ever.
        while (clockAt(at) < clock) {
            at++;
        }
        return at - time.now();
    }

    /** Its clock did not run for so long. */
    void clockStood(long duration) {
        offset -= (long) (duration * rate);
    }

    boolean up() {
        return up;
    }

    /** It is a virtual machine that stands still with everything in it. */
    void suspended(boolean stands) {
        suspended = stands;
    }

    long downSince() {
        return downSince;
    }

    int boots() {
        return boots;
    }

    void powerOff() {
        up = false;
        downSince = time.now();
        boots++;
        monitor.kill();
        guard.powerOff();
        resources.forEach(Resources::powerOff);
    }

    void powerOn() {
        up = true;
    }

    Resources resources(String service) {
        return resources.get(services.indexOf(service));
    }

    List<Resources> resources() {
        return resources;
    }

    /** @param service its place */
    boolean writable(int service) {
        return up && !suspended && datacenter && resources.get(service).primary();
    }

    /** It can append to its log. */
    boolean writes() {
        return monitor.running() && time.now() >= stalledUntil;
    }

    void stall(long duration) {
        stalledUntil = Math.max(stalledUntil, time.now() + duration);
    }

    void lie(long duration) {
        liesUntil = Math.max(liesUntil, time.now() + duration);
    }

    boolean lies() {
        return time.now() < liesUntil;
    }

    @Override
    public String toString() {
        return site;
    }
}
