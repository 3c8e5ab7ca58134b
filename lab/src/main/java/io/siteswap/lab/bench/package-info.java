/** {@code siteswap bench}: the speaker beside BIRD, FRR, GoBGP and ExaBGP, in the same run. */
@NullMarked
package io.siteswap.lab.bench;

import org.jspecify.annotations.NullMarked;
