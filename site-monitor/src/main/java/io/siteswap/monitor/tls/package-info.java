/** The certificates by which the members of the log know each other. */
@NullMarked
package io.siteswap.monitor.tls;

import org.jspecify.annotations.NullMarked;
