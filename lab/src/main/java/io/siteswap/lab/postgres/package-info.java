/** A real PostgreSQL primary and its streaming standby from Maven Central binaries. */
@org.jspecify.annotations.NullMarked
package io.siteswap.lab.postgres;
