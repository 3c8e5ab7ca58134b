/** The router's side of the RPKI: RTR (RFC 8210, RFC 6810) and origin validation (RFC 6811). */
@NullMarked
package io.siteswap.bgp.rtr;

import org.jspecify.annotations.NullMarked;
