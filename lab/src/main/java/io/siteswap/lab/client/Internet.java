package io.siteswap.lab.client;

import io.siteswap.bgp.app.RouteView;
import io.siteswap.bgp.app.SpeakerConfig;
import io.siteswap.bgp.app.SpeakerDaemon;
import io.siteswap.bgp.app.SpeakerEvent;
import io.siteswap.bgp.speaker.Ladder;
import io.siteswap.lab.wire.Gate;
import io.siteswap.lab.wire.Relay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Internet: a BGP speaker that receives the announcements of both sites and sends each client's
 * connection to the site that its best path names, and to nobody else. Prints a line for each change
 * of the best path: {@code best NEXT_HOP AS_PATH... } or {@code best none}.
 */
public final class Internet {
    private static final int CONNECT_MILLIS = 1500;

    private final String prefix;
    private final Map<String, InetSocketAddress> doors = new HashMap<>();
    private volatile Optional<InetSocketAddress> door = Optional.empty();

    private Internet(String prefix) {
        this.prefix = prefix;
    }

    /**
     * @param args folder, own address, BGP port, port of the front door, prefix, AS of the sites,
     *        then for each site {@code name,session address,next hop,address of its load balancer}
     */
    public static void main(String[] args) throws IOException {
        Path dir = Path.of(args[0]);
        String address = args[1];
        Internet internet = new Internet(args[4]);
        List<SpeakerConfig.Neighbor> neighbors = new ArrayList<>();
        int doorPort = Integer.parseInt(args[3]);
        for (int i = 6; i < args.length; i++) {
            String[] site = args[i].split(",");
            neighbors.add(new SpeakerConfig.Neighbor(site[0], site[1], Integer.parseInt(args[2]),
                    Long.parseLong(args[5]), true, Optional.empty(), Optional.empty()));
            internet.doors.put(site[2], new InetSocketAddress(site[3], doorPort));
        }
        SpeakerDaemon speaker = SpeakerDaemon.start(new SpeakerConfig("internet", 64510,
                "198.18.9.1", Optional.of(address + ":" + args[2]), Duration.ofSeconds(3),
                SpeakerConfig.DEFAULT_CONNECT_RETRY, neighbors, Ladder.standard(), List.of(),
                dir.resolve("stances.json"), dir.resolve("bgp.sock")));
        speaker.listen(internet::heard);
        internet.best(speaker.best(internet.prefix));
        internet.accept(new ServerSocket(doorPort, 512, InetAddress.getByName(address)));
    }

    private void heard(SpeakerEvent event) {
        switch (event) {
            case SpeakerEvent.Best best -> {
                if (best.prefix().equals(prefix)) {
                    best(best.route());
                }
            }
            case SpeakerEvent.Session session -> System.out.println("session " + session.neighbor()
                    + " " + session.state() + " " + session.reason());
            case SpeakerEvent.Stance stance -> System.out.println("stance " + stance.rung());
            case SpeakerEvent.Written written -> System.out.println("written " + written.rung());
            case SpeakerEvent.Seen seen -> System.out.println("seen " + seen.prefix());
            case SpeakerEvent.Rpki rpki -> System.out.println("rpki " + rpki.sentence());
        }
    }

    private void best(Optional<RouteView> route) {
        door = route.map(best -> doors.get(best.nextHop()));
        System.out.println(route.map(best -> "best " + best.nextHop() + " " + path(best))
                .orElse("best none"));
    }

    private static String path(RouteView route) {
        return String.join(" ", route.asPath().stream().map(String::valueOf).toList());
    }

    private void accept(ServerSocket front) throws IOException {
        while (true) {
            Socket client = front.accept();
            Thread.startVirtualThread(() -> forward(client));
        }
    }

    private void forward(Socket client) {
        Optional<InetSocketAddress> to = door;
        Socket site = new Socket();
        try {
            if (to.isPresent()) {
                site.connect(to.get(), CONNECT_MILLIS);
                client.setTcpNoDelay(true);
                site.setTcpNoDelay(true);
                Relay.both(client, site, new Gate());
            }
        } catch (IOException unreachable) {
            // The client sees its connection end, as with an ICMP unreachable.
        } finally {
            Relay.reset(site);
            Relay.reset(client);
        }
    }
}
