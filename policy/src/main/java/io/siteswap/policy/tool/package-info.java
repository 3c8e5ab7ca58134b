/** For policy authors: check and test rule files. */
@org.jspecify.annotations.NullMarked
package io.siteswap.policy.tool;
