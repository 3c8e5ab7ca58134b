/** The BGP session as a pure state machine (RFC 4271 section 8): events in, effects out. */
@NullMarked
package io.siteswap.bgp.session;

import org.jspecify.annotations.NullMarked;
