/** What the shipped packs make of what two sites and an arbiter see of each other. */
@org.jspecify.annotations.NullMarked
package io.siteswap.policy.detection;
