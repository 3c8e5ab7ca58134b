package io.siteswap.lab.demo;

import io.siteswap.lab.demo.Layout.Place;
import io.siteswap.lab.demo.Observer.Seen;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Turns what is seen into lines: each thing once, although three monitors tell it. */
final class Narrator {
    private final Timeline timeline;
    private final Layout layout;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private volatile boolean live;
    private volatile String route = "dc1";

    Narrator(Timeline timeline, Layout layout) {
        this.timeline = timeline;
        this.layout = layout;
    }

    /** From now on everything is told; before, the start-up only shows its progress. */
    void live() {
        told.clear();
        live = true;
    }

    void tell(Seen seen) {
        if (!live) {
            return;
        }
        switch (seen.kind()) {
            case "route" -> {
                if (!seen.text().equals(route)) {
                    route = seen.text();
                    timeline.say(seen.at(), seen.who(),
                            "best path of " + Layout.PREFIX + " leads to " + route);
                }
            }
            case "session" -> timeline.say(seen.at(), seen.who(), seen.text());
            case "writes" -> timeline.say(seen.at(), seen.who(),
                    "the database at " + seen.text() + " accepts writes");
            case "ack" -> timeline.say(seen.at(), seen.who(),
                    "first acknowledged write at " + seen.text());
            default -> {
                if (told.add(seen.kind() + seen.text())) {
                    timeline.say(seen.at(), seen.who(), seen.kind() + ": " + seen.text());
                }
            }
        }
    }

    /** A line of the Internet's process: {@code best NEXT_HOP PATH}, {@code session ...}. */
    void internet(Observer observer, String line) {
        long at = System.nanoTime();
        String[] words = line.split(" ", 3);
        if (words[0].equals("best")) {
            observer.saw(at, "internet", "route", site(words[1]));
        } else if (words[0].equals("session")) {
            observer.saw(at, "internet", "session", line);
        }
    }

    private String site(String nextHop) {
        for (Place site : Layout.DATACENTERS) {
            if (layout.at(site).equals(nextHop)) {
                return site.lower();
            }
        }
        return "nowhere";
    }
}
