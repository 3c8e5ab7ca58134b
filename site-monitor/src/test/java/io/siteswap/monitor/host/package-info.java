@NullMarked
package io.siteswap.monitor.host;

import org.jspecify.annotations.NullMarked;
