/** BFD on the wire: sockets, the thread that keeps the intervals, and who watches whom. */
@NullMarked
package io.siteswap.bgp.bfd.net;

import org.jspecify.annotations.NullMarked;
