/**
 * BGP out of files: MRT, packet captures and hexadecimal text become one JSON line per message.
 * Streams in, lines out; memory is bounded whatever the file holds.
 */
@NullMarked
package io.siteswap.bgp.decode;

import org.jspecify.annotations.NullMarked;
