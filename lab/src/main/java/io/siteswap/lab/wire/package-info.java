/** User-space links between sites that can be cut into silence and healed. */
@org.jspecify.annotations.NullMarked
package io.siteswap.lab.wire;
