/** The lab's stand-in for HAProxy where none is installed: TCP, two servers, a runtime API. */
@org.jspecify.annotations.NullMarked
package io.siteswap.lab.forwarder;
