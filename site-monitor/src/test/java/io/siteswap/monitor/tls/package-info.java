@NullMarked
package io.siteswap.monitor.tls;

import org.jspecify.annotations.NullMarked;
