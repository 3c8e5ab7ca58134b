package io.siteswap.monitor.app;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The API's answers for people. */
final class Printed {

    private Printed() {
    }

    static List<String> status(JsonNode status) {
        List<String> lines = new ArrayList<>();
        String leader = status.path("leader").asString("");
        lines.add("node " + status.path("node").asString() + " at site "
                + status.path("site").asString() + "; leader: "
                + (leader.isEmpty() ? "none, no majority" : leader));
        status.path("unsafe").forEach(why -> lines.add("UNSAFE: " + why.asString()));
        lines.add("");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("SERVICE", "ACTIVE", "EPOCH", "TICKET", "LEASE HERE", "TRANSITION",
                "BLOCKED"));
        status.path("services").properties()
                .forEach(entry -> rows.add(service(entry.getKey(), entry.getValue())));
        lines.addAll(table(rows));
        List<String> remarks = remarks(status);
        if (!remarks.isEmpty()) {
            lines.add("");
            lines.addAll(remarks);
        }
        status.path("services").properties().forEach(entry -> {
            lines.addAll(steps(entry.getValue().path("running")));
            lines.addAll(last(entry.getKey(), entry.getValue().path("last")));
        });
        lines.add("");
        lines.addAll(facts(status.path("facts")));
        return lines;
    }

    private static List<String> service(String name, JsonNode service) {
        JsonNode running = service.path("running");
        boolean held = service.path("lease").path("held").asBoolean(false);
        return List.of(name, orDash(service.path("holder").asString("")),
                service.path("epoch").asString(), service.path("phase").asString(),
                held ? service.path("lease").path("remainingMs").asString() + " ms" : "-",
                running.isNull()
                        ? "-"
                        : running.path("from").asString("") + " -> "
                                + running.path("to").asString(""),
                orDash(service.path("blocked").asString("")));
    }

    /** Of an outage that lasts. */
    static String outage(String service, JsonNode outage) {
        return service + " CANNOT BE USED since " + outage.path("since").asString() + ": "
                + outage.path("cause").asString();
    }

    /** What a person should know before reading on. */
    private static List<String> remarks(JsonNode status) {
        List<String> lines = new ArrayList<>();
        status.path("services").properties().forEach(entry -> {
            JsonNode outage = entry.getValue().path("outage");
            if (outage.isObject()) {
                lines.add(outage(entry.getKey(), outage));
            }
            entry.getValue().path("maintenance").properties().forEach(it -> lines
                    .add(entry.getKey() + " is in maintenance"
                            + (it.getKey().isEmpty() ? "" : " at " + it.getKey()) + ": "
                            + it.getValue().asString()));
        });
        status.path("labels").properties().forEach(site -> lines.add("labels of " + site.getKey()
                + ": " + site.getValue().properties().stream()
                        .map(it -> it.getKey() + "=" + it.getValue().asString())
                        .collect(Collectors.joining(", "))));
        return lines;
    }

    static List<String> steps(JsonNode running) {
        List<String> lines = new ArrayList<>();
        running.path("steps").forEach(step -> lines.add("  " + step.path("state").asString()
                + "  " + step.path("id").asString() + "  " + step.path("detail").asString("")));
        return lines;
    }

    private static List<String> last(String service, JsonNode last) {
        if (last.isNull() || last.isMissingNode()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(service + ": last decision " + last.path("kind").asString()
                + move(last));
        last.path("reasons").forEach(reason -> lines.add("  " + reason.asString()));
        return lines;
    }

    private static String move(JsonNode decision) {
        String from = decision.path("from").asString("");
        String to = decision.path("to").asString("");
        return from.equals(to) ? "" : " " + orDash(from) + " -> " + to;
    }

    static List<String> members(JsonNode roster) {
        List<String> lines = new ArrayList<>();
        String leader = roster.path("leader").asString("");
        lines.add("leader: " + (leader.isEmpty()
                ? "none, no majority (what follows is what this node knew last)"
                : leader));
        if (roster.path("changing").asBoolean(false)) {
            lines.add("a change of the members is under way");
        }
        lines.add("");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NODE", "IN THE GROUP", "IN THE FILE", "BEHIND", "HEARD", "REMARK"));
        roster.path("members").forEach(member -> rows.add(List.of(
                member.path("node").asString(), orDash(member.path("group").asString("")),
                orDash(member.path("file").asString("")),
                orDash(member.path("behind").asString("")), heard(member), remark(member))));
        lines.addAll(table(rows));
        return lines;
    }

    private static String heard(JsonNode member) {
        return member.path("silentMs").isNumber()
                ? member.path("silentMs").asString() + " ms ago"
                : "-";
    }

    private static String remark(JsonNode member) {
        String group = member.path("group").asString("");
        String file = member.path("file").asString("");
        boolean joining = member.path("joining").asBoolean(false);
        if (group.isEmpty()) {
            return joining ? "waits to be taken in" : "to be added, does not answer";
        }
        if (file.isEmpty()) {
            return "to be removed";
        }
        if (joining) {
            return "has no log, waits to be taken in anew";
        }
        return !group.equals(file)
                ? "to be moved"
                : member.path("leads").asBoolean(false) ? "leads" : "";
    }

    static List<String> explain(JsonNode explain) {
        List<String> lines = new ArrayList<>();
        lines.add(explain.path("service").asString() + " is held by "
                + orDash(explain.path("holder").asString("")) + " under epoch "
                + explain.path("epoch").asString() + " (" + explain.path("phase").asString()
                + ")");
        JsonNode now = explain.path("now");
        lines.add("decision now: " + now.path("kind").asString("none") + move(now));
        now.path("reasons").forEach(reason -> lines.add("  " + reason.asString()));
        String blocked = explain.path("blocked").asString("");
        if (!blocked.isEmpty()) {
            lines.add("automatic moves are blocked: " + blocked);
        }
        lines.add("");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("VERDICT", "SITE", "VALUE", "REASON"));
        explain.path("verdicts").forEach(v -> rows.add(List.of(v.path("is").asString(),
                orDash(v.path("site").asString("")),
                orDash(v.path("value").asString(v.path("rung").asString(""))),
                v.path("reason").asString(""))));
        lines.addAll(table(rows));
        lines.add("");
        lines.addAll(facts(explain.path("facts")));
        return lines;
    }

    private static List<String> facts(JsonNode facts) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("FACT", "WHAT", "STATE"));
        facts.forEach(fact -> rows.add(fact(fact)));
        return table(rows);
    }

    private static List<String> fact(JsonNode f) {
        String is = f.path("is").asString("");
        String health = f.path("health").asString("");
        String service = f.path("service").asString("");
        String site = f.path("site").asString("");
        return switch (is) {
            case "Heartbeat" -> List.of(is,
                    f.path("from").asString() + " hears " + f.path("to").asString(), health);
            case "Outside" -> List.of(is, f.path("from").asString() + " reaches " + service
                    + " at " + site, health);
            case "AppServer" -> List.of(is,
                    service + " at " + site + ": " + f.path("name").asString(), health);
            case "Database" -> List.of(is,
                    service + " at " + site + ": " + f.path("resource").asString(), health
                            + (f.path("primary").asBoolean(false)
                                    ? ", accepts writes"
                                    : ", read-only"));
            case "Replication" -> List.of(is,
                    service + " at " + site + ": " + f.path("resource").asString(),
                    (f.path("streaming").asBoolean(false) ? "streaming" : "not streaming")
                            + ", lag " + f.path("lagMillis").asString() + " ms");
            case "LoadBalancer" -> List.of(is, service + " at " + site, health);
            case "Announcement" -> List.of(is, service + " at " + site,
                    orDash(f.path("rung").asString("")) + (f.path("taken").asBoolean(false)
                            ? ", taken by an upstream"
                            : ", not taken"));
            default -> List.of(is, orDash((service + " " + site).strip()), rest(f));
        };
    }

    private static String rest(JsonNode fact) {
        StringBuilder rest = new StringBuilder();
        fact.properties().stream()
                .filter(e -> !List.of("is", "service", "site", "seenBy").contains(e.getKey()))
                .forEach(e -> rest.append(rest.isEmpty() ? "" : ", ").append(e.getKey())
                        .append(' ').append(e.getValue().asString()));
        return rest.toString();
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    /** Columns as wide as their widest cell; the last one is not padded. */
    static List<String> table(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        rows.forEach(row -> {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return rows.stream().map(row -> {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                line.append(cell);
                if (i < row.size() - 1) {
                    line.repeat(' ', widths[i] - cell.length() + 2);
                }
            }
            return line.toString();
        }).toList();
    }
}
