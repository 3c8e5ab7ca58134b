package io.siteswap.monitor.config;

import io.siteswap.monitor.config.Located.Place;
import io.siteswap.monitor.config.Located.Scalar;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Names or addresses of which each may stand in the file once. */
final class Once {

    private final String what;
    private final String already;
    private final BiConsumer<Place, String> problems;
    private final Map<String, Place> seen = new HashMap<>();

    /**
     * @param what it is, in a sentence: {@code address}
     * @param already what is said of the second one: {@code already used}
     */
    Once(String what, String already, BiConsumer<Place, String> problems) {
        this.what = what;
        this.already = already;
        this.problems = problems;
    }

    void see(Scalar value) {
        Place earlier = seen.putIfAbsent(value.text(), value.at());
        if (earlier != null) {
            problems.accept(value.at(), what + " '" + value.text() + "' is " + already
                    + " in line " + earlier.line());
        }
    }
}
