@NullMarked
package io.siteswap.monitor.guard.io;

import org.jspecify.annotations.NullMarked;
