/** Carries sessions over TCP: connects, accepts, runs timers and the effects of the core. */
@NullMarked
package io.siteswap.bgp.net;

import org.jspecify.annotations.NullMarked;
