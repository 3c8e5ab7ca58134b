package io.siteswap.lab.forwarder;

import io.siteswap.lab.LabFailure;
import io.siteswap.monitor.config.HostPort;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** One forwarder as a process of its own. */
public final class ForwarderMain {

    private ForwarderMain() {
    }

    /**
     * @param args listen {@code host:port}, runtime API socket, name of frontend and backend, then
     *        {@code name=host:port} for each server, with {@code ,maint} when it starts out of use
     *        and {@code ,remote} when it is another site's load balancer
     */
    public static void main(String[] args) {
        try {
            List<Backend.Server> servers = Arrays.stream(args).skip(3).map(ForwarderMain::server)
                    .toList();
            Forwarder.start(HostPort.parse(args[0]).resolve(), Path.of(args[1]), args[2],
                    new Backend(args[2], servers));
        } catch (LabFailure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static Backend.Server server(String text) {
        List<String> words = List.of(text.split(","));
        String[] parts = words.getFirst().split("=", 2);
        return new Backend.Server(parts[0], HostPort.parse(parts[1]).resolve(),
                !words.contains("maint"), 0,
                words.contains("remote"));
    }
}
