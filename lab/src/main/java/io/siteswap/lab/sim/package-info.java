/** The whole controller in one thread and in virtual time, with faults from a seed. */
@org.jspecify.annotations.NullMarked
package io.siteswap.lab.sim;
