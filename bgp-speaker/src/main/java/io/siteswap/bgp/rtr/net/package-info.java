/** RTR over TCP: connections to caches, and who is told of what they say. */
@NullMarked
package io.siteswap.bgp.rtr.net;

import org.jspecify.annotations.NullMarked;
