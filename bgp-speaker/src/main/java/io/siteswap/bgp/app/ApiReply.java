package io.siteswap.bgp.app;

import io.siteswap.bgp.wire.Prefix;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Answers and events as they stand on the socket. */
final class ApiReply {

    private ApiReply() {
    }

    /** Waits for the event loop, so not on it. */
    static Map<String, Object> to(ApiRequest.Question question, SpeakerDaemon daemon) {
        return switch (question) {
            case ApiRequest.Neighbors _ -> ok("neighbors", daemon.neighbors());
            case ApiRequest.Stances _ -> ok("stances", daemon.stances());
            case ApiRequest.Routes(RouteQuery query) -> page("routes", daemon.routes(query));
            case ApiRequest.Summary _ -> ok("summary", daemon.summary());
            case ApiRequest.Errors(Optional<String> neighbor) -> ok("errors",
                    daemon.faults(neighbor));
            case ApiRequest.Advertised(String neighbor, int limit, var from) -> asked(
                    () -> page("advertised", daemon.advertised(neighbor, limit, from)));
            case ApiRequest.LookBack(Optional<Prefix> within) -> seen(daemon, within);
            case ApiRequest.ReadAgain _ -> asked(() -> ok("changes", daemon.reload()));
            case ApiRequest.Act act -> asked(() -> {
                daemon.neighbor(act.neighbor(), act.action(), act.message());
                return ok("neighbor", act.neighbor());
            });
        };
    }

    static Map<String, Object> stance(StanceReply reply) {
        return switch (reply) {
            case StanceReply.Accepted(String prefix, String rung, long epoch) -> {
                Map<String, Object> json = ok("prefix", prefix);
                json.put("rung", rung);
                json.put("epoch", epoch);
                yield json;
            }
            case StanceReply.Refused(String reason) -> error(reason);
        };
    }

    private static Map<String, Object> page(String key, RouteQuery.Page page) {
        Map<String, Object> json = ok(key, page.routes());
        page.next().ifPresent(next -> json.put("next", next));
        return json;
    }

    private static Map<String, Object> seen(SpeakerDaemon daemon, Optional<Prefix> within) {
        Map<String, Object> json = ok("seen", daemon.seen(within));
        long overlooked = daemon.overlooked();
        if (overlooked > 0) {
            json.put("overlooked", overlooked);
        }
        return json;
    }

    /** What is refused because of a wrong name is an answer too. */
    private static Map<String, Object> asked(Supplier<Map<String, Object>> question) {
        try {
            return question.get();
        } catch (IllegalArgumentException e) {
            return error(String.valueOf(e.getMessage()));
        } catch (CompletionException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) {
                return error(String.valueOf(wrong.getMessage()));
            }
            throw e;
        }
    }

    static Map<String, Object> leaving() {
        return ok("leaving", true);
    }

    static Map<String, Object> watching() {
        return ok("watching", true);
    }

    static Map<String, Object> event(SpeakerEvent event) {
        Map<String, Object> json = new LinkedHashMap<>();
        switch (event) {
            case SpeakerEvent.Session(String neighbor, String state, String reason) -> {
                json.put("event", "session");
                json.put("neighbor", neighbor);
                json.put("state", state);
                json.put("reason", reason);
            }
            case SpeakerEvent.Best best -> {
                json.put("event", "best");
                json.put("prefix", best.prefix());
                best.route().ifPresent(route -> json.put("route", route));
            }
            case SpeakerEvent.Stance stance -> {
                json.put("event", "stance");
                json.put("prefix", stance.prefix());
                json.put("service", stance.service());
                json.put("rung", stance.rung());
                json.put("epoch", stance.epoch());
            }
            case SpeakerEvent.Written written -> {
                json.put("event", "written");
                json.put("prefix", written.prefix());
                json.put("neighbor", written.neighbor());
                json.put("rung", written.rung());
                json.put("epoch", written.epoch());
            }
            case SpeakerEvent.Seen(String prefix, String neighbor, int pathId, var route) -> {
                json.put("event", "seen");
                json.put("prefix", prefix);
                json.put("neighbor", neighbor);
                json.put("pathId", pathId);
                route.ifPresent(r -> json.put("route", r));
            }
            case SpeakerEvent.Rpki(String prefix, String validity, String sentence) -> {
                json.put("event", "rpki");
                json.put("prefix", prefix);
                json.put("validity", validity);
                json.put("sentence", sentence);
            }
        }
        return json;
    }

    private static Map<String, Object> ok(String key, Object value) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ok", true);
        json.put(key, value);
        return json;
    }

    static Map<String, Object> error(String reason) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ok", false);
        json.put("error", reason);
        return json;
    }
}
