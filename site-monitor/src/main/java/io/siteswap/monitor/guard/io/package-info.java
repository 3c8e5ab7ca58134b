/** The guard as a process: its socket, its file, its fences; and the monitor's end of the socket. */
@org.jspecify.annotations.NullMarked
package io.siteswap.monitor.guard.io;
