package io.siteswap.lab.sim;

import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The alarm clock of a process: rings when its own clock shows what the process waits for. One that
 * is put off costs nothing until it would have rung.
 */
final class Alarm {

    private final VirtualTime time;
    private final Machine machine;
    private final Supplier<OptionalLong> due;
    private final Runnable ring;
    /** When it is looked at again, in the world's time. */
    private long at = Long.MAX_VALUE;

    /** @param due what the process waits for now, on its machine's clock; empty: nothing */
    Alarm(VirtualTime time, Machine machine, Supplier<OptionalLong> due, Runnable ring) {
        this.time = time;
        this.machine = machine;
        this.due = due;
        this.ring = ring;
    }

    /** The process has died, or another has started: what was set is no more. */
    void clear() {
        at = Long.MAX_VALUE;
    }

    /** To be called whenever what the process waits for may have changed. */
    void set() {
        OptionalLong clock = due.get();
        if (clock.isEmpty()) {
            return;
        }
        long next = time.now() + machine.until(clock.getAsLong());
        if (next >= at) {
            return;
        }
        at = next;
        time.after(next - time.now(), () -> {
            if (at == next) {
                at = Long.MAX_VALUE;
                look();
            }
        });
    }

    private void look() {
        OptionalLong clock = due.get();
        if (clock.isPresent() && machine.until(clock.getAsLong()) > 0) {
            // Put off since then.
            set();
        } else {
            ring.run();
        }
    }
}
