/** The speaker as a daemon: configuration, stances on disk, and the local API. */
@NullMarked
package io.siteswap.bgp.app;

import org.jspecify.annotations.NullMarked;
