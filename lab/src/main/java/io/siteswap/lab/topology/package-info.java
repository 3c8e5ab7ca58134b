/** Reads {@code topology.clab.yml} and runs it in bare network namespaces. */
@NullMarked
package io.siteswap.lab.topology;

import org.jspecify.annotations.NullMarked;
