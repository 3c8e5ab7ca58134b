package io.siteswap.bgp.kernel;

/**
 * Where received routes are installed.
 *
 * @param table routing table, 254 is the main one
 * @param metric priority of the routes, lower wins; unsigned 31 bits
 */
public record KernelOptions(int table, int metric) {

    public static final int MAIN_TABLE = 254;
    /** Below the distances that people give static and IGP routes: BGP should win over none. */
    public static final int DEFAULT_METRIC = 200;

    public static final KernelOptions DEFAULTS = new KernelOptions(MAIN_TABLE, DEFAULT_METRIC);

    /** @throws IllegalArgumentException with a sentence for the operator */
    public KernelOptions {
        if (table < 1 || metric < 0) {
            throw new IllegalArgumentException("A kernel table is 1 or more and its metric 0 or"
                    + " more, not " + table + " and " + metric + ".");
        }
    }
}
