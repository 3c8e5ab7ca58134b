package io.siteswap.monitor.api;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.sse.SseClient;
import io.siteswap.monitor.config.HostPort;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Membership;
import io.siteswap.monitor.quorum.Reply;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** REST and server-sent events on a loopback address. Errors are JSON with one sentence. */
public final class ApiServer implements AutoCloseable {

    /** A quiet stream says so this often, so that both ends notice a dead connection. */
    private static final long KEEP_ALIVE_SECONDS = 10;
    /** More than any patience of the log. */
    private static final long ANSWER_SECONDS = 10;

    private static final int MAX_OPERATOR = 100;

    private final Monitor monitor;
    private final List<String> sites;
    private final Javalin web;

    private ApiServer(Monitor monitor, List<String> sites) {
        this.monitor = monitor;
        this.sites = List.copyOf(sites);
        this.web = Javalin.create(this::configure);
    }

    /**
     * Listens.
     *
     * @param sites names that requests may use
     * @throws IOException with one sentence when the address cannot be used
     */
    public static ApiServer start(String listen, Monitor monitor, List<String> sites)
            throws IOException {
        HostPort at = HostPort.parse(listen);
        // Jetty's own message for a taken address is a stack trace.
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(at.resolve());
        } catch (SocketException e) {
            throw new IOException("cannot listen on " + listen + " for the API: "
                    + e.getMessage() + "; is another monitor running, or is 'api' wrong?", e);
        }
        ApiServer server = new ApiServer(monitor, sites);
        server.web.start(at.host(), at.port());
        return server;
    }

    private void configure(JavalinConfig config) {
        config.concurrency.useVirtualThreads = true;
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.routes.get("/api/status", ctx -> answer(ctx, Views.status(monitor)));
        config.routes.get("/api/leader-check", this::leaderCheck);
        config.routes.get("/api/active/{service}", this::active);
        config.routes.get("/api/explain/{service}", this::explain);
        config.routes.get("/api/members", this::members);
        config.routes.post("/api/members", this::changeMembers);
        config.routes.post("/api/services/{service}/move", this::move);
        config.routes.post("/api/services/{service}/resync", this::resync);
        config.routes.post("/api/services/{service}/ack", this::ack);
        new Upkeep(this, monitor).routes(config);
        new Uptime(this).routes(config);
        config.routes.sse("/api/events", this::events);
        config.routes.error(HttpStatus.NOT_FOUND, ctx -> {
            if (ctx.res().getContentType() == null
                    || !ctx.res().getContentType().startsWith("application/json")) {
                error(ctx, HttpStatus.NOT_FOUND, "There is nothing at " + ctx.path() + ".");
            }
        });
        config.routes.exception(Refusal.class,
                (refusal, ctx) -> error(ctx, refusal.status, String.valueOf(refusal.getMessage())));
    }

    static void answer(Context ctx, ObjectNode body) {
        ctx.contentType("application/json").result(Json.text(body));
    }

    private static void error(Context ctx, HttpStatus status, String sentence) {
        ctx.status(status);
        answer(ctx, Json.object().put("error", sentence));
    }

    private void leaderCheck(Context ctx) {
        if (!monitor.leading()) {
            ctx.status(HttpStatus.SERVICE_UNAVAILABLE);
        }
        answer(ctx, Json.object().put("leading", monitor.leading())
                .put("leader", monitor.leader()).put("node", monitor.name()));
    }

    private void active(Context ctx) {
        String name = ctx.pathParam("service");
        service(name);
        Optional<Long> lease = monitor.leaseMillis(name);
        if (lease.isEmpty()) {
            ctx.status(HttpStatus.SERVICE_UNAVAILABLE);
        }
        answer(ctx, Json.object().put("service", name).put("site", monitor.site())
                .put("active", lease.isPresent()).put("remainingMs", lease.orElse(0L)));
    }

    private void explain(Context ctx) {
        String name = ctx.pathParam("service");
        ServiceState state = service(name);
        answer(ctx, Views.explain(monitor, name, state, monitor.evaluation()
                .orElseThrow(() -> new Refusal(HttpStatus.SERVICE_UNAVAILABLE,
                        "The rules are still being loaded; ask again in a few seconds."))));
    }

    private void members(Context ctx) {
        try {
            answer(ctx, Views.members(monitor.members()));
        } catch (Membership.Refused e) {
            throw new Refusal(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
        }
    }

    private void changeMembers(Context ctx) {
        try {
            answer(ctx, Json.object().put("done", monitor.changeMembers(operator(body(ctx)))));
        } catch (Membership.Refused e) {
            throw new Refusal(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
        }
    }

    private void move(Context ctx) {
        String name = ctx.pathParam("service");
        ServiceState state = service(name);
        JsonNode body = body(ctx);
        String to = site(body, "to");
        if (state.ticket().holder().equals(to)) {
            throw new Refusal(HttpStatus.CONFLICT,
                    to + " already holds service " + name + "; there is nothing to move.");
        }
        boolean force = body.path("force").asBoolean(false);
        propose(ctx, new Command.Request(name, Command.Request.Kind.SWITCHOVER, to,
                operator(body), force, Upkeep.overrides(body)));
    }

    private void resync(Context ctx) {
        String name = ctx.pathParam("service");
        service(name);
        JsonNode body = body(ctx);
        propose(ctx, new Command.Request(name, Command.Request.Kind.RESYNC,
                site(body, "site"), operator(body), false, List.of()));
    }

    private void ack(Context ctx) {
        String name = ctx.pathParam("service");
        if (service(name).blocked().isEmpty()) {
            throw new Refusal(HttpStatus.CONFLICT,
                    "Automatic moves of service " + name + " are not blocked.");
        }
        propose(ctx, new Command.Unblock(name, operator(body(ctx))));
    }

    void propose(Context ctx, Command command) {
        try {
            switch (monitor.propose(command).get(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                case Reply.Refused refused ->
                    throw new Refusal(HttpStatus.CONFLICT, refused.reason());
                case Reply.Done _,Reply.Renewed _ -> {
                    ctx.status(HttpStatus.ACCEPTED);
                    answer(ctx, Json.object().put("accepted", true));
                }
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "The request could not be"
                    + " committed, because no majority of the monitors answers; it may still"
                    + " take effect. Look at the status before asking again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "This monitor is shutting down.");
        }
    }

    ServiceState service(String name) {
        return monitor.node().state().service(name)
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "There is no service '"
                        + name + "'; there is: "
                        + String.join(", ", monitor.node().state().services().keySet()) + "."));
    }

    List<String> sites() {
        return sites;
    }

    String site(JsonNode body, String key) {
        String site = body.path(key).asString("");
        if (!sites.contains(site)) {
            throw new Refusal(HttpStatus.BAD_REQUEST, "'" + key + "' must be one of "
                    + String.join(", ", sites) + ", not '" + site + "'.");
        }
        return site;
    }

    static String operator(JsonNode body) {
        String operator = body.path("operator").asString("");
        if (operator.isBlank() || !Upkeep.line(operator, MAX_OPERATOR)) {
            throw new Refusal(HttpStatus.BAD_REQUEST,
                    "'operator' must say who asks, in at most " + MAX_OPERATOR
                            + " characters on one line.");
        }
        return operator;
    }

    static JsonNode body(Context ctx) {
        // A web page open on this machine can post text to us, but not JSON.
        if (!String.valueOf(ctx.contentType()).startsWith("application/json")) {
            throw new Refusal(HttpStatus.BAD_REQUEST, "Content-Type must be application/json.");
        }
        try {
            JsonNode body = Json.read(ctx.body());
            if (body.isObject()) {
                return body;
            }
        } catch (JacksonException e) {
            throw new Refusal(HttpStatus.BAD_REQUEST,
                    "The body is not JSON: " + e.getOriginalMessage() + ".");
        }
        throw new Refusal(HttpStatus.BAD_REQUEST, "The body must be a JSON object.");
    }

    /** The newest events first-hand, then each as it happens; {@code ?past=no} skips the former. */
    private void events(SseClient client) {
        BlockingQueue<Bulletin> news = monitor.bulletins().listen();
        client.keepAlive();
        client.onClose(() -> monitor.bulletins().dismiss(news));
        boolean past = !"no".equals(client.ctx().queryParam("past"));
        List<Bulletin> before = past ? monitor.bulletins().newest() : List.of();
        Thread.ofVirtual().name("events").start(() -> stream(client, before, news));
    }

    private void stream(SseClient client, List<Bulletin> before, BlockingQueue<Bulletin> news) {
        try (client) {
            before.forEach(b -> client.sendEvent(b.kind(), Json.text(b)));
            while (!client.terminated() && (monitor.bulletins().feeds(news) || !news.isEmpty())) {
                Bulletin next = news.poll(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    client.sendComment("still here");
                } else if (!before.contains(next)) {
                    client.sendEvent(next.kind(), Json.text(next));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            monitor.bulletins().dismiss(news);
        }
    }

    @Override
    public void close() {
        web.stop();
    }

    static final class Refusal extends RuntimeException {
        private final transient HttpStatus status;

        Refusal(HttpStatus status, String sentence) {
            super(sentence, null, false, false);
            this.status = status;
        }
    }
}
