/** One story per scenario, on real FRR, HAProxy and MariaDB, measured from outside. */
@NullMarked
package io.siteswap.lab.scenarios;

import org.jspecify.annotations.NullMarked;
