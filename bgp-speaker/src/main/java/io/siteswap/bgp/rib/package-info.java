/** Routes received and the best path among them (RFC 4271 section 9). */
@NullMarked
package io.siteswap.bgp.rib;

import org.jspecify.annotations.NullMarked;
