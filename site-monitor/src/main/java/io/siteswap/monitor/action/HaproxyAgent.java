package io.siteswap.monitor.action;

import io.siteswap.monitor.config.ClusterConfig.ResourceSettings;
import io.siteswap.monitor.probe.HaproxySocket;
import io.siteswap.policy.plan.Step;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Steers one backend through HAProxy's runtime API. A pause puts every server into maintenance; that
 * holds requests only with the hold action in haproxy.cfg (docs/haproxy.md): alone, HAProxy answers
 * 503 at once, and {@code set maxconn frontend F 0}, the obvious other way, neither holds requests on
 * open connections nor can be undone in HAProxy 2.6.12 without killing it.
 */
final class HaproxyAgent implements ResourceAgent {

    /** A slower request than this is left to itself: the write pause must stay short. */
    private static final long DRAIN_MILLIS = 500;
    private static final long POLL_MILLIS = 5;

    private final String name;
    private final ResourceSettings.Haproxy settings;
    private final HaproxySocket socket;

    HaproxyAgent(String name, ResourceSettings.Haproxy settings) {
        this.name = name;
        this.settings = settings;
        this.socket = new HaproxySocket(settings.socket());
    }

    @Override
    public String run(Step.Verb verb, String argument, long epoch)
            throws ActionFailed, InterruptedException {
        return switch (verb) {
            case START -> use(settings.local(), settings.remote(), "this site's servers");
            case STOP -> use(settings.remote(), settings.local(), "the other site");
            case PAUSE -> pause();
            case STANCE, DEMOTE, GRANT, PROMOTE, FOLLOW, RESYNC -> throw new ActionFailed(
                    "'" + name + "' is a load balancer; it cannot " + verb + ".");
        };
    }

    @Override
    public String look() throws ActionFailed {
        try {
            return name + " has " + socket.servers(settings.backend()).size() + " servers.";
        } catch (IOException e) {
            throw new ActionFailed(e.getMessage() + ".", e);
        }
    }

    @Override
    public String fence() throws ActionFailed {
        return use(settings.remote(), settings.local(), "the other site");
    }

    // Out before in: a moment with both would let two balancers send a request to each other.
    private String use(List<String> in, List<String> out, String where) throws ActionFailed {
        try {
            for (String server : out) {
                set(server, "maint");
            }
            for (String server : in) {
                set(server, "ready");
            }
            verify(in, out);
            return name + " sends traffic to " + where + ".";
        } catch (IOException e) {
            throw new ActionFailed(e.getMessage() + ".", e);
        }
    }

    private String pause() throws ActionFailed, InterruptedException {
        try {
            List<String> all = Stream.concat(settings.local().stream(), settings.remote().stream())
                    .toList();
            for (String server : all) {
                set(server, "maint");
            }
            verify(List.of(), all);
            int left = drain();
            return name + " holds new requests"
                    + (left == 0 ? "." : "; " + left + " older ones are still being served.");
        } catch (IOException e) {
            throw new ActionFailed(e.getMessage() + ".", e);
        }
    }

    private int drain() throws IOException, InterruptedException {
        long end = System.nanoTime() + DRAIN_MILLIS * 1_000_000;
        int left = socket.inFlight(settings.backend()).orElse(0);
        while (left > 0 && System.nanoTime() < end) {
            Thread.sleep(POLL_MILLIS);
            left = socket.inFlight(settings.backend()).orElse(0);
        }
        return left;
    }

    private void set(String server, String state) throws IOException, ActionFailed {
        String command = "set server " + settings.backend() + "/" + server + " state " + state;
        String answer = socket.ask(command);
        if (!answer.isEmpty()) {
            throw new ActionFailed("HAProxy at " + settings.socket() + " answers '"
                    + answer.lines().findFirst().orElse("") + "' to '" + command
                    + "': check backend and server names on both sides.");
        }
    }

    private void verify(List<String> in, List<String> out) throws IOException, ActionFailed {
        for (HaproxySocket.Server server : socket.servers(settings.backend())) {
            boolean wrong = server.maintenance()
                    ? in.contains(server.name())
                    : out.contains(server.name());
            if (wrong) {
                throw new ActionFailed("HAProxy at " + settings.socket() + " took the command, yet "
                        + settings.backend() + "/" + server.name() + " is "
                        + (server.maintenance() ? "still" : "not") + " in maintenance.");
            }
        }
    }
}
