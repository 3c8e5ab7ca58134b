/** What policy says: one record per kind of verdict, each with its reason. */
@org.jspecify.annotations.NullMarked
package io.siteswap.policy.verdicts;
