@org.jspecify.annotations.NullMarked
package io.siteswap.monitor.api;
