/** What collectors are told of sessions and routes: BMP (RFC 7854, Adj-RIB-Out RFC 8671). */
@NullMarked
package io.siteswap.bgp.bmp;

import org.jspecify.annotations.NullMarked;
