/**
 * BGP-4 on the wire: records for messages, attributes and capabilities, and their codecs. Works on
 * {@link java.nio.ByteBuffer} only; whatever the network sends becomes a value, never an exception.
 */
@NullMarked
package io.siteswap.bgp.wire;

import org.jspecify.annotations.NullMarked;
