@org.jspecify.annotations.NullMarked
package io.siteswap.lab.chaos;
