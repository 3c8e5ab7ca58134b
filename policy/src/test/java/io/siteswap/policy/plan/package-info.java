@org.jspecify.annotations.NullMarked
package io.siteswap.policy.plan;
