/** The cluster's one configuration file: located YAML, JSON Schema, typed records. */
@org.jspecify.annotations.NullMarked
package io.siteswap.monitor.config;
