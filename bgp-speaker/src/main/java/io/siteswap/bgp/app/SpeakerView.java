package io.siteswap.bgp.app;

/**
 * A speaker at a glance.
 *
 * @param api version of the local API; it changes when a client that ignores what it does not
 * know would break
 * @param established neighbours with a session
 * @param ipv4 prefixes with a received route
 * @param paths different sets of attributes among the received routes
 * @param heapBytes memory in use on the Java heap
 */
public record SpeakerView(int api, String name, long as, String routerId, long uptimeMs,
        int neighbors, int established, int ipv4, int ipv6, int paths, long heapBytes) {

    static final int API = 1;
}
