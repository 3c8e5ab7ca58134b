package io.siteswap.bgp.wire;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A standard community (RFC 1997), written {@code high:low}.
 *
 * @param value all 32 bits
 */
public record Community(int value) {

    /** Ask receivers to prefer any other path (RFC 8326). */
    public static final Community GRACEFUL_SHUTDOWN = new Community(0xFFFF0000);
    /** Kept beyond a restart, least preferred (RFC 9494). */
    public static final Community LLGR_STALE = new Community(0xFFFF0006);
    /** Not to be kept beyond a restart (RFC 9494). */
    public static final Community NO_LLGR = new Community(0xFFFF0007);
    /** Drop the traffic (RFC 7999). */
    public static final Community BLACKHOLE = new Community(0xFFFF029A);
    public static final Community NO_EXPORT = new Community(0xFFFFFF01);
    public static final Community NO_ADVERTISE = new Community(0xFFFFFF02);
    public static final Community NO_EXPORT_SUBCONFED = new Community(0xFFFFFF03);
    /** Not to bilateral peers (RFC 3765). */
    public static final Community NO_PEER = new Community(0xFFFFFF04);

    private static final Map<String, Community> WELL_KNOWN = new TreeMap<>(Map.of(
            "graceful-shutdown", GRACEFUL_SHUTDOWN, "llgr-stale", LLGR_STALE, "no-llgr",
            NO_LLGR, "blackhole", BLACKHOLE, "no-export", NO_EXPORT, "no-advertise",
            NO_ADVERTISE, "no-export-subconfed", NO_EXPORT_SUBCONFED, "no-peer", NO_PEER));

    /**
     * Reads two numbers of 16 bits with a colon between, or a well-known name in any case, like
     * {@code no-export} or {@code NO_EXPORT}.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static Community parse(String text) {
        Optional<Community> known = Optional
                .ofNullable(WELL_KNOWN.get(text.toLowerCase(Locale.ROOT).replace('_', '-')));
        return known.orElseGet(() -> parseNumbers(text));
    }

    private static Community parseNumbers(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw notACommunity(text);
        }
        try {
            int high = Integer.parseInt(text.substring(0, colon));
            int low = Integer.parseInt(text.substring(colon + 1));
            if (high < 0 || high > 0xFFFF || low < 0 || low > 0xFFFF) {
                throw notACommunity(text);
            }
            return new Community(high << 16 | low);
        } catch (NumberFormatException e) {
            throw notACommunity(text);
        }
    }

    private static IllegalArgumentException notACommunity(String text) {
        return new IllegalArgumentException("'" + text
                + "' is not a community: write two numbers from 0 to 65535, like 65535:0, or "
                + String.join(", ", WELL_KNOWN.keySet()) + ".");
    }

    /** As in the registry, in the spelling of the configuration. */
    public Optional<String> name() {
        return WELL_KNOWN.entrySet().stream().filter(e -> e.getValue().equals(this))
                .map(Map.Entry::getKey).findFirst();
    }

    @Override
    public String toString() {
        return (value >>> 16) + ":" + (value & 0xFFFF);
    }
}
