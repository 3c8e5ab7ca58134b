package io.siteswap.bgp.wire;

/** KEEPALIVE (RFC 4271 section 4.4): a header and nothing else. */
public record Keepalive() implements Message {

    public static final int TYPE = 4;

    @Override
    public int type() {
        return TYPE;
    }
}
