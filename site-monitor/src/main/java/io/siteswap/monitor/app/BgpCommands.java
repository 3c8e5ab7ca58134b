package io.siteswap.monitor.app;

import io.siteswap.bgp.app.SpeakerClient;
import io.siteswap.bgp.app.SpeakerEvent;
import io.siteswap.monitor.app.Siteswap.Refused;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code siteswap bgp ...}: each asks a running speaker over its local socket. */
final class BgpCommands {

    private BgpCommands() {
    }

    @Command(name = "summary", description = "Show the speaker and all its neighbors, a line each.", mixinStandardHelpOptions = true)
    static final class Summary implements Callable<Integer> {
        @Mixin
        private SpeakerAsked speaker = new SpeakerAsked();

        @Override
        public Integer call() {
            JsonNode summary = speaker.ask("summary");
            JsonNode neighbors = speaker.ask("neighbors");
            if (speaker.json()) {
                System.out.println(summary);
                System.out.println(neighbors);
            } else {
                BgpPrinted.summary(summary.path("summary"), neighbors.path("neighbors"))
                        .forEach(System.out::println);
            }
            return 0;
        }
    }

    @Command(name = "neighbors", description = "Show everything about the neighbors, or one of them.", mixinStandardHelpOptions = true)
    static final class Neighbors implements Callable<Integer> {
        @Mixin
        private SpeakerAsked speaker = new SpeakerAsked();
        @Parameters(paramLabel = "NEIGHBOR", arity = "0..1", description = "Only this one.")
        private Optional<String> name = Optional.empty();

        @Override
        public Integer call() {
            JsonNode all = speaker.ask("neighbors");
            if (speaker.json()) {
                System.out.println(all);
                return 0;
            }
            List<String> lines = BgpPrinted.neighbors(all.path("neighbors"), name);
            if (lines.isEmpty() && name.isPresent()) {
                throw new Refused("There is no neighbor '" + name.get() + "'.");
            }
            lines.forEach(System.out::println);
            return 0;
        }
    }

    /** What every listing of routes takes. */
    static class Listing {
        @Mixin
        SpeakerAsked speaker = new SpeakerAsked();
        @Option(names = "--limit", paramLabel = "N", defaultValue = "1000", description = "Stop after about so many prefixes. Default: ${DEFAULT-VALUE}.")
        int limit = 1000;

        /** Page by page, until the limit. */
        void print(String op, Map<String, Object> more) {
            Map<String, Object> request = new LinkedHashMap<>(more);
            int left = limit;
            boolean first = true;
            while (true) {
                request.put("limit", Math.clamp(left, 1, 1000));
                JsonNode page = speaker.ask(op, request);
                boolean titled = first;
                int _ = speaker.show(page, answer -> BgpPrinted.routes(answer.path(op), titled));
                first = false;
                left -= page.path(op).size();
                if (!page.has("next")) {
                    return;
                }
                if (left <= 0) {
                    System.err.println("siteswap: there are more; see --limit");
                    return;
                }
                request.put("from", page.path("next").asString());
            }
        }
    }

    @Command(name = "routes", description = "Show received routes and why each is best or not.", mixinStandardHelpOptions = true)
    static final class Routes extends Listing implements Callable<Integer> {
        @Parameters(paramLabel = "PREFIX", arity = "0..1", description = "Only this prefix.")
        private Optional<String> prefix = Optional.empty();
        @Option(names = "--longer", description = "Also the prefixes inside PREFIX.")
        private boolean longer;
        @Option(names = "--best", description = "Only the best route of each prefix.")
        private boolean best;

        @Override
        public Integer call() {
            Map<String, Object> request = new LinkedHashMap<>();
            prefix.ifPresent(p -> request.put("prefix", p));
            request.put("longer", longer || prefix.isEmpty());
            request.put("best", best);
            print("routes", request);
            return 0;
        }
    }

    @Command(name = "received", description = "Show the routes that a neighbor announces.", mixinStandardHelpOptions = true)
    static final class Received extends Listing implements Callable<Integer> {
        @Parameters(paramLabel = "NEIGHBOR")
        private String neighbor = "";

        @Override
        public Integer call() {
            print("routes", Map.of("neighbor", neighbor));
            return 0;
        }
    }

    @Command(name = "advertised", description = "Show what a neighbor is told.", mixinStandardHelpOptions = true)
    static final class Advertised extends Listing implements Callable<Integer> {
        @Parameters(paramLabel = "NEIGHBOR")
        private String neighbor = "";

        @Override
        public Integer call() {
            print("advertised", Map.of("neighbor", neighbor));
            return 0;
        }
    }

    @Command(name = "stances", description = "Show how each own prefix is announced, and who was told.", mixinStandardHelpOptions = true)
    static final class Stances implements Callable<Integer> {
        @Mixin
        private SpeakerAsked speaker = new SpeakerAsked();

        @Override
        public Integer call() {
            return speaker.show(speaker.ask("stances"),
                    answer -> BgpPrinted.stances(answer.path("stances")));
        }
    }

    @Command(name = "errors", description = "Show the last faulty messages, with the clause they break and their bytes.", mixinStandardHelpOptions = true)
    static final class Errors implements Callable<Integer> {
        @Mixin
        private SpeakerAsked speaker = new SpeakerAsked();
        @Parameters(paramLabel = "NEIGHBOR", arity = "0..1", description = "Only of this one.")
        private Optional<String> neighbor = Optional.empty();

        @Override
        public Integer call() {
            JsonNode errors = speaker.ask("errors",
                    neighbor.<Map<String, Object>>map(n -> Map.of("neighbor", n)).orElse(Map.of()));
            return speaker.show(errors, answer -> BgpPrinted.errors(answer.path("errors")));
        }
    }

    @Command(name = "watch", description = "Print what happens, as it happens, until interrupted.", mixinStandardHelpOptions = true)
    static final class Watch implements Callable<Integer> {
        @Mixin
        private SpeakerAsked speaker = new SpeakerAsked();

        @Override
        public Integer call() throws Exception {
            CompletableFuture<String> end = new CompletableFuture<>();
            try (AutoCloseable _ = new SpeakerClient(speaker.path()).watch(
                    event -> System.out.println(
                            speaker.json() ? SpeakerEvent.json(event) : BgpPrinted.event(event)),
                    end::complete)) {
                throw new Refused(end.get());
            } catch (IOException e) {
                throw new Refused(String.valueOf(e.getMessage()));
            }
        }
    }

    @Command(name = "neighbor", description = "Act on the session with a neighbor.", mixinStandardHelpOptions = true)
    static final class Neighbor implements Callable<Integer> {
        @Mixin
        private SpeakerAsked speaker = new SpeakerAsked();
        @Parameters(index = "0", paramLabel = "NEIGHBOR")
        private String neighbor = "";
        @Parameters(index = "1", paramLabel = "ACTION", description = "shutdown: end the session and stay away; enable: start again; reset: end and start again; refresh: ask for its routes again; resend: tell ours again.")
        private String action = "";
        @Option(names = "--message", paramLabel = "TEXT", description = "Words for the neighbor's operator (RFC 9003), with shutdown and reset.")
        private String message = "";

        @Override
        public Integer call() {
            JsonNode reply = speaker.ask("neighbor",
                    Map.of("neighbor", neighbor, "action", action, "message", message));
            return speaker.show(reply, _ -> List.of(neighbor + ": " + action));
        }
    }

    @Command(name = "reload", description = "Read the configuration again: only what changed is changed.", mixinStandardHelpOptions = true)
    static final class Reload implements Callable<Integer> {
        @Mixin
        private SpeakerAsked speaker = new SpeakerAsked();

        @Override
        public Integer call() {
            return speaker.show(speaker.ask("reload"),
                    answer -> BgpPrinted.changes(answer.path("changes")));
        }
    }

    @Command(name = "leave", description = "End the speaker to start it again soon, as for an upgrade: neighbors with graceful restart keep our routes meanwhile.", mixinStandardHelpOptions = true)
    static final class Leave implements Callable<Integer> {
        @Mixin
        private SpeakerAsked speaker = new SpeakerAsked();

        @Override
        public Integer call() {
            return speaker.show(speaker.ask("leave"), _ -> List
                    .of("the speaker leaves; start it again before the restart time ends"));
        }
    }
}
