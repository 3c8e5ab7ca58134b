package io.siteswap.bgp.net;

/**
 * A master key tuple of TCP-AO (RFC 5925 section 3.1).
 *
 * @param sendId key id in what we send, 0 to 255
 * @param receiveId key id in what we receive, 0 to 255
 * @param algorithm as the kernel names it, e.g. {@code hmac(sha1)} or {@code cmac(aes128)}
 */
public record AoKey(int sendId, int receiveId, String algorithm, String secret) {

    public AoKey {
        if (sendId < 0 || sendId > 255 || receiveId < 0 || receiveId > 255) {
            throw new IllegalArgumentException(
                    "The key ids of TCP-AO are between 0 and 255, not " + sendId + " and "
                            + receiveId + ".");
        }
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "AoKey[" + sendId + "/" + receiveId + " " + algorithm + "]";
    }
}
