package io.siteswap.bgp.wire;

/** An optional transitive attribute we do not understand, kept as it came (RFC 4271 section 5). */
public record UnknownAttribute(int type, int flags, Octets value) implements Attribute {
}
