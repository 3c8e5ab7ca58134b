package io.siteswap.monitor.guard;

import io.siteswap.monitor.guard.Hold.Clear;
import io.siteswap.monitor.guard.Hold.Fencing;
import io.siteswap.monitor.guard.Hold.Leased;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a guard leaves to the next one, as text: {@code siteswap-guard 1}, {@code boot ID}, a line for
 * each service as the socket has them, {@code end}.
 */
public final class SavedHolds {

    private static final String HEAD = "siteswap-guard 1";
    private static final String BOOT = "boot ";
    private static final String END = "end";

    private SavedHolds() {
    }

    /** @param boot names this run of the machine: its monotonic clock ends with it */
    public static String write(String boot, Map<String, Hold> holds) {
        StringBuilder text = new StringBuilder(HEAD).append('\n').append(BOOT).append(boot)
                .append('\n');
        new TreeMap<>(holds).forEach((service, hold) -> text.append((switch (hold) {
            case Leased it -> new Line.Lease(service, it.epoch(), it.until());
            case Fencing it -> new Line.Fencing(service, it.epoch());
            case Clear it -> new Line.Clear(service, it.epoch());
        }).text()).append('\n'));
        return text.append(END).append('\n').toString();
    }

    /**
     * The holds to start with. What cannot be shown to be leased, now and for no longer than a lease
     * lasts, is fenced at once; all of it, when the text is not a whole one.
     *
     * @param services those of this site; others are forgotten
     */
    public static Map<String, Hold> read(String text, String boot, Collection<String> services,
            long now, long lease) {
        List<String> lines = text.lines().toList();
        Map<String, Hold> holds = new HashMap<>();
        boolean whole = lines.size() >= 3 && lines.getFirst().equals(HEAD)
                && lines.getLast().equals(END);
        if (!whole) {
            services.forEach(service -> holds.put(service, new Fencing(0, false, now)));
            return holds;
        }
        boolean sameBoot = lines.get(1).equals(BOOT + boot);
        for (String line : lines.subList(2, lines.size() - 1)) {
            Optional<Line> parsed = Line.parse(line);
            switch (parsed.orElse(new Line.Hello(0))) {
                case Line.Lease it -> {
                    boolean credible = sameBoot && it.until() - now <= lease;
                    holds.put(it.service(), credible
                            ? new Leased(it.epoch(), it.until(), false)
                            : new Fencing(it.epoch(), false, now));
                }
                case Line.Fencing it -> holds.put(it.service(),
                        new Fencing(it.epoch(), false, now));
                case Line.Clear it -> holds.put(it.service(), new Clear(it.epoch()));
                case Line.Hello _,Line.Taken _,Line.Fenced _ -> services.forEach(
                        service -> holds.putIfAbsent(service, new Fencing(0, false, now)));
            }
        }
        holds.keySet().retainAll(services);
        return holds;
    }
}
