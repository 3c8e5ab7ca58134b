/** BMP over TCP. */
@NullMarked
package io.siteswap.bgp.bmp.net;

import org.jspecify.annotations.NullMarked;
