/** The only package that knows Drools: loads rule packs, refuses unsafe ones, evaluates facts. */
@org.jspecify.annotations.NullMarked
package io.siteswap.policy.engine;
