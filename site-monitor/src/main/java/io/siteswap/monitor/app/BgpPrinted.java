package io.siteswap.monitor.app;

import io.siteswap.bgp.app.SpeakerEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The speaker's answers for people. */
final class BgpPrinted {

    private static final DateTimeFormatter TIME = DateTimeFormatter
            .ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
    /** So much of an AS path fits on a line with the rest; the whole is in the JSON. */
    private static final int MAX_PATH = 60;

    private BgpPrinted() {
    }

    static List<String> summary(JsonNode summary, JsonNode neighbors) {
        List<String> lines = new ArrayList<>();
        lines.add("speaker " + summary.path("name").asString() + ", AS "
                + summary.path("as").asString() + ", identifier "
                + summary.path("routerId").asString() + ", up "
                + time(summary.path("uptimeMs").asLong()));
        lines.add(summary.path("established").asString() + " of "
                + summary.path("neighbors").asString() + " neighbors up; received "
                + summary.path("ipv4").asString() + " IPv4 and "
                + summary.path("ipv6").asString() + " IPv6 prefixes with "
                + summary.path("paths").asString() + " paths; "
                + summary.path("heapBytes").asLong() / (1024 * 1024) + " MB of heap in use");
        lines.add("");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NEIGHBOR", "ADDRESS", "AS", "STATE", "FOR", "RECEIVED", "ANNOUNCED",
                "BFD", "LAST ERROR"));
        neighbors.forEach(n -> rows.add(List.of(n.path("name").asString(),
                n.path("address").asString(), n.path("as").asString(),
                n.path("state").asString(), since(n), n.path("received").asString(),
                n.path("announced").asString(), n.path("bfd").asString("-"),
                n.path("lastError").asString("-"))));
        lines.addAll(Printed.table(rows));
        return lines;
    }

    private static String since(JsonNode neighbor) {
        long uptime = neighbor.path("uptimeMs").asLong();
        return uptime == 0 ? "-" : time(uptime);
    }

    static List<String> neighbors(JsonNode neighbors, Optional<String> only) {
        List<String> lines = new ArrayList<>();
        neighbors.forEach(n -> {
            if (only.map(n.path("name").asString()::equals).orElse(true)) {
                lines.add(n.path("name").asString() + ": " + n.path("state").asString());
                n.properties().stream()
                        .filter(e -> !e.getKey().equals("name") && !e.getKey().equals("state"))
                        .forEach(e -> lines.add("  " + words(e.getKey()) + ": "
                                + value(e.getKey(), e.getValue())));
            }
        });
        return lines;
    }

    /** {@code updatesIn} becomes {@code updates in}. */
    private static String words(String key) {
        String plain = key.endsWith("Ms") ? key.substring(0, key.length() - 2) : key;
        return plain.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private static String value(String key, JsonNode value) {
        if (key.endsWith("Ms")) {
            return time(value.asLong());
        }
        if (value.isArray()) {
            List<String> parts = new ArrayList<>();
            value.forEach(part -> parts.add(part.asString()));
            return parts.isEmpty() ? "-" : String.join(", ", parts);
        }
        return value.isObject() ? value.toString() : value.asString();
    }

    static List<String> routes(JsonNode routes, boolean titled) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "PREFIX", "NEXT HOP", "FROM", "MED", "AS PATH", "COMMUNITIES",
                "WHY"));
        routes.forEach(r -> rows.add(List.of(r.path("best").asBoolean(false) ? "*" : " ",
                r.path("prefix").asString(), r.path("nextHop").asString(),
                r.path("peer").asString("-"), r.path("med").asString("-"),
                path(r.path("asPath")), joined(r.path("communities"), "-"),
                r.path("reason").asString(""))));
        List<String> lines = Printed.table(rows);
        return titled ? lines : lines.subList(1, lines.size());
    }

    private static String path(JsonNode numbers) {
        String path = joined(numbers, "-");
        return path.length() <= MAX_PATH
                ? path
                : path.substring(0, MAX_PATH) + "... (" + numbers.size() + ")";
    }

    static String joined(JsonNode list, String none) {
        List<String> parts = new ArrayList<>();
        list.forEach(part -> parts.add(part.asString()));
        return parts.isEmpty() ? none : String.join(" ", parts);
    }

    static List<String> stances(JsonNode stances) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("PREFIX", "SERVICE", "RUNG", "EPOCH", "RPKI", "TOLD", "NOT TOLD"));
        stances.forEach(s -> rows.add(List.of(s.path("prefix").asString(),
                s.path("service").asString(), s.path("rung").asString(),
                s.path("epoch").asString(),
                s.path("rpki").asString("-"), told(s.path("written"), true),
                told(s.path("written"), false))));
        return Printed.table(rows);
    }

    private static String told(JsonNode written, boolean wanted) {
        List<String> names = written.properties().stream()
                .filter(e -> e.getValue().asBoolean(false) == wanted)
                .map(Map.Entry::getKey).toList();
        return names.isEmpty() ? "-" : String.join(" ", names);
    }

    static List<String> errors(JsonNode errors) {
        List<String> lines = new ArrayList<>();
        errors.forEach(e -> {
            lines.add(TIME.format(Instant.ofEpochMilli(e.path("at").asLong())) + "  "
                    + e.path("neighbor").asString() + "  " + e.path("consequence").asString()
                    + times(e.path("count").asLong()) + ": " + e.path("reason").asString() + " ["
                    + e.path("clause").asString() + "]");
            lines.add("  " + e.path("hex").asString());
        });
        return lines.isEmpty() ? List.of("no faulty message so far") : lines;
    }

    static List<String> changes(JsonNode changes) {
        List<String> lines = new ArrayList<>();
        changes.forEach(change -> lines.add(change.asString()));
        return lines.isEmpty() ? List.of("nothing changed") : lines;
    }

    private static String times(long count) {
        return count > 1 ? ", " + count + " times" : "";
    }

    static String event(SpeakerEvent event) {
        String now = TIME.format(Instant.now()) + "  ";
        return now + switch (event) {
            case SpeakerEvent.Session s -> "session " + s.neighbor() + ": " + s.state()
                    + (s.reason().isEmpty() ? "" : " (" + s.reason() + ")");
            case SpeakerEvent.Best b -> "best " + b.prefix() + ": " + b.route()
                    .map(r -> "from " + r.peer() + ", path " + r.asPath()).orElse("none left");
            case SpeakerEvent.Stance s -> "stance " + s.service() + " " + s.prefix() + ": "
                    + s.rung() + " (epoch " + s.epoch() + ")";
            case SpeakerEvent.Written w -> "announced " + w.prefix() + " to " + w.neighbor() + ": "
                    + w.rung();
            case SpeakerEvent.Seen s -> "seen " + s.prefix() + " at " + s.neighbor() + ": "
                    + s.route().map(BgpSeenCommand::words).orElse("no longer");
            case SpeakerEvent.Rpki r -> "rpki " + r.validity() + ": " + r.sentence();
        };
    }

    /** The two largest units. */
    static String time(long millis) {
        Duration time = Duration.ofMillis(millis);
        if (time.toDays() > 0) {
            return time.toDays() + "d" + time.toHoursPart() + "h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + "h" + time.toMinutesPart() + "m";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + "m" + time.toSecondsPart() + "s"
                : time.toSeconds() > 0 ? time.toSeconds() + "s" : millis + "ms";
    }
}
