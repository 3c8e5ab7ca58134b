package io.siteswap.bgp.bmp;

/** Which table a route is reported from (RFC 7854 section 4.2, RFC 8671 section 4). */
public enum View {
    ADJ_IN_PRE(0), ADJ_IN_POST(0x40), ADJ_OUT_PRE(0x10), ADJ_OUT_POST(0x50);

    private final int flags;

    View(int flags) {
        this.flags = flags;
    }

    int flags() {
        return flags;
    }
}
