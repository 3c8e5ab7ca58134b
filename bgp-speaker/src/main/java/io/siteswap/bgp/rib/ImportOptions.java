package io.siteswap.bgp.rib;

/** Which received routes of one neighbour are kept, and how many of them are too many. */
public record ImportOptions() {

    public static final ImportOptions EVERYTHING = new ImportOptions();
}
