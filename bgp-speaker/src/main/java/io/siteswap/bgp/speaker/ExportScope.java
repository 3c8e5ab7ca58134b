package io.siteswap.bgp.speaker;

/** What one neighbour is told. */
public enum ExportScope {
    /** Own prefixes only: a site is no transit. */
    OWN,
    /** Also the best received routes: for collectors and routers of the own network. */
    ALL
}
