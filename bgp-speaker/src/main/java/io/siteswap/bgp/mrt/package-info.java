/**
 * MRT dumps (RFC 6396, RFC 8050): records in, records out. No files and no clock of its own; whatever
 * a file holds becomes a value.
 */
@NullMarked
package io.siteswap.bgp.mrt;

import org.jspecify.annotations.NullMarked;
