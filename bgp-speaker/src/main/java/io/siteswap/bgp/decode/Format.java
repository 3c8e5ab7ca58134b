package io.siteswap.bgp.decode;

/** What a file holds. */
public enum Format {
    /** Told from its first octets. */
    AUTO,
    /** RFC 6396. */
    MRT,
    /** pcap or pcapng. */
    PCAP,
    /** One message per line. */
    HEX
}
