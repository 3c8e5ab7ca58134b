/** Main of the lab. */
@org.jspecify.annotations.NullMarked
package io.siteswap.lab.app;
