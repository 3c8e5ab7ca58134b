/** What a Linux machine offers that the JDK does not: its reset timer and its service manager. */
@NullMarked
package io.siteswap.monitor.host;

import org.jspecify.annotations.NullMarked;
