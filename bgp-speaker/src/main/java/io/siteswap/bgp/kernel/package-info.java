/** Received routes in the kernel's routing table (rtnetlink(7)), for those who ask for it. */
@NullMarked
package io.siteswap.bgp.kernel;

import org.jspecify.annotations.NullMarked;
