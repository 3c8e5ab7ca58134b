/** Scores to decision, decision to an ordered graph of steps. Pure: no Drools, no I/O. */
@org.jspecify.annotations.NullMarked
package io.siteswap.policy.plan;
