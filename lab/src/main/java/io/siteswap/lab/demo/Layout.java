package io.siteswap.lab.demo;

import io.siteswap.lab.LabFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Addresses of one run, all in 127.{@code net}.0.0/16: several runs at once do not meet. Each ordered
 * pair of places has an address of its own, so that each link can be cut: what {@code from} dials to
 * reach {@code to}.
 *
 * @param dir folder of the run; short, because it holds Unix sockets
 */
record Layout(int net, Path dir) {

    /** Places by the number that stands for them in addresses. */
    enum Place {
        DC1(1), DC2(2), ARB(3), INTERNET(9);

        private final int number;

        Place(int number) {
            this.number = number;
        }

        String lower() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static final String PREFIX = "203.0.113.0/24";
    static final int SITE_AS = 64500;
    static final int INTERNET_AS = 64510;
    static final int RAFT = 17101;
    static final int HEARTBEAT = 17102;
    static final int API = 17103;
    static final int BGP = 11790;
    static final int DOOR = 18080;
    static final int APP1 = 18081;
    static final int APP2 = 18082;
    static final int POSTGRES = 15432;
    static final List<Place> DATACENTERS = List.of(Place.DC1, Place.DC2);
    static final List<Place> SITES = List.of(Place.DC1, Place.DC2, Place.ARB);

    private static final int FIRST_NET = 16;
    private static final int LAST_NET = 250;
    private static final int ATTEMPTS = 20;

    /** A random net that nobody uses. */
    static int freeNet() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int net = ThreadLocalRandom.current().nextInt(FIRST_NET, LAST_NET);
            if (free(net)) {
                return net;
            }
        }
        throw new LabFailure("The demo found no free ports " + DOOR + ", " + POSTGRES + ", " + BGP
                + " on 127.x.1.1: stop what listens there on all addresses");
    }

    private static boolean free(int net) {
        for (int port : List.of(RAFT, HEARTBEAT, API, BGP, DOOR, APP1, APP2, POSTGRES)) {
            try (ServerSocket probe = new ServerSocket(port, 1,
                    InetAddress.getByName("127." + net + ".1.1"))) {
                if (!probe.isBound()) {
                    return false;
                }
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }

    String at(Place place) {
        return "127." + net + "." + place.number + ".1";
    }

    /** What {@code from} dials to reach {@code to}. */
    String link(Place from, Place to) {
        return from == to ? at(to) : "127." + net + "." + from.number + to.number + ".1";
    }

    static Place other(Place datacenter) {
        return datacenter == Place.DC1 ? Place.DC2 : Place.DC1;
    }

    Path dir(Place place) {
        return dir.resolve(place.lower());
    }

    Path config() {
        return dir.resolve("siteswap.yaml");
    }

    Path hosts(Place place) {
        return dir(place).resolve("hosts");
    }

    Path balancerSocket(Place place) {
        return dir(place).resolve("lb.sock");
    }

    String api(Place site) {
        return "http://" + at(site) + ":" + API;
    }
}
