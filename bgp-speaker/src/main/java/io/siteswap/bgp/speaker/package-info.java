/** Composes peers, routes and stances into the UPDATEs that each neighbour gets; no I/O. */
@NullMarked
package io.siteswap.bgp.speaker;

import org.jspecify.annotations.NullMarked;
