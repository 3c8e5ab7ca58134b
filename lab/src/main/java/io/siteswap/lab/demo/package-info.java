/** The whole cluster on one machine without root: processes, scenarios, summary. */
@org.jspecify.annotations.NullMarked
package io.siteswap.lab.demo;
