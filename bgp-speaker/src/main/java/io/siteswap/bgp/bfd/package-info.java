/** Bidirectional Forwarding Detection (RFC 5880 to 5883). */
@NullMarked
package io.siteswap.bgp.bfd;

import org.jspecify.annotations.NullMarked;
