/** What policy reads: one record per kind of fact. No I/O, no time, no Drools. */
@org.jspecify.annotations.NullMarked
package io.siteswap.policy.facts;
