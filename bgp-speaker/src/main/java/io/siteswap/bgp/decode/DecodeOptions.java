package io.siteswap.bgp.decode;

/** @param port TCP port of BGP in a packet capture */
public record DecodeOptions(Format format, int port) {

    public static final DecodeOptions DEFAULTS = new DecodeOptions(Format.AUTO, 179);

    public DecodeOptions withFormat(Format wanted) {
        return new DecodeOptions(wanted, port);
    }

    public DecodeOptions withPort(int wanted) {
        return new DecodeOptions(format, wanted);
    }
}
