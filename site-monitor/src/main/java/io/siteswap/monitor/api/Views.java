package io.siteswap.monitor.api;

import io.siteswap.monitor.failover.Evaluation;
import io.siteswap.monitor.quorum.ClusterState;
import io.siteswap.monitor.quorum.ClusterState.Outcome;
import io.siteswap.monitor.quorum.ClusterState.Running;
import io.siteswap.monitor.quorum.ClusterState.ServiceState;
import io.siteswap.monitor.quorum.Membership;
import io.siteswap.policy.plan.Step;
import io.siteswap.policy.verdicts.Verdict;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the API answers, made from what the monitor knows. */
final class Views {

    private Views() {
    }

    static ObjectNode status(Monitor monitor) {
        ClusterState state = monitor.node().state();
        ObjectNode view = Json.object();
        view.put("node", monitor.name());
        view.put("site", monitor.site());
        view.put("leader", monitor.leader());
        view.put("leading", monitor.leading());
        ArrayNode unsafe = view.putArray("unsafe");
        monitor.unsafe().forEach(unsafe::add);
        ObjectNode services = view.putObject("services");
        new TreeMap<>(state.services())
                .forEach((name, service) -> services.set(name, service(monitor, name, service)));
        ObjectNode labels = view.putObject("labels");
        new TreeMap<>(state.labels())
                .forEach((site, its) -> labels.set(site, Json.tree(new TreeMap<>(its))));
        ArrayNode facts = view.putArray("facts");
        new TreeMap<>(state.facts()).forEach((site, seen) -> seen.forEach(fact -> {
            ObjectNode one = (ObjectNode) Json.tree(fact);
            one.put("seenBy", site);
            facts.add(one);
        }));
        return view;
    }

    private static ObjectNode service(Monitor monitor, String name, ServiceState state) {
        ObjectNode view = Json.object();
        view.put("holder", state.ticket().holder());
        view.put("epoch", state.ticket().epoch());
        view.put("phase", state.ticket().phase().name());
        view.set("blocked", Json.tree(state.blocked()));
        state.running().ifPresentOrElse(r -> view.set("running", running(r)),
                () -> view.putNull("running"));
        view.set("last", Json.tree(state.last()));
        view.set("request", Json.tree(state.request()));
        view.set("wanted", Json.tree(new TreeMap<>(state.wanted())));
        view.set("maintenance", Json.tree(new TreeMap<>(state.maintenance())));
        Uptime.now(view, state.ledger());
        Optional<Long> lease = monitor.leaseMillis(name);
        view.putObject("lease").put("held", lease.isPresent())
                .put("remainingMs", lease.orElse(0L));
        return view;
    }

    private static ObjectNode running(Running running) {
        ObjectNode view = Json.object();
        view.put("from", running.transition().from());
        view.put("to", running.transition().to());
        view.put("kind", running.transition().kind().name());
        view.put("epoch", running.epoch());
        ArrayNode steps = view.putArray("steps");
        running.transition().steps().forEach(step -> steps.add(step(running, step)));
        return view;
    }

    private static ObjectNode step(Running running, Step step) {
        Outcome outcome = running.over().get(step.id());
        ObjectNode view = Json.object();
        view.put("id", step.id());
        view.put("site", step.site());
        view.put("verb", step.verb().name());
        boolean ready = step.after().stream().allMatch(running.over()::containsKey);
        view.put("state", outcome == null
                ? ready ? "running" : "waiting"
                : outcome.ok() ? "done" : "failed");
        view.put("detail", outcome == null ? "" : outcome.detail());
        return view;
    }

    /** Facts, verdicts and the decision for one service, each with its reason. */
    static ObjectNode explain(Monitor monitor, String service, ServiceState state,
            Evaluation evaluation) {
        ObjectNode view = Json.object();
        view.put("node", monitor.name());
        view.put("service", service);
        view.put("holder", state.ticket().holder());
        view.put("epoch", state.ticket().epoch());
        view.put("phase", state.ticket().phase().name());
        view.set("blocked", Json.tree(state.blocked()));
        view.set("now", Json.tree(evaluation.decision(service)));
        view.set("last", Json.tree(state.last()));
        ArrayNode verdicts = view.putArray("verdicts");
        evaluation.verdicts().stream().filter(v -> concerns(v, service))
                .forEach(v -> verdicts.add(Json.tree(v)));
        ArrayNode facts = view.putArray("facts");
        evaluation.facts().forEach(fact -> facts.add(Json.tree(fact)));
        return view;
    }

    static ObjectNode members(Membership.Roster roster) {
        ObjectNode view = Json.object();
        view.put("leader", roster.leader());
        view.put("changing", roster.changing());
        ArrayNode members = view.putArray("members");
        roster.members().forEach(member -> {
            ObjectNode one = members.addObject().put("node", member.node());
            one.set("file", Json.tree(member.wanted()));
            one.set("group", Json.tree(member.present()));
            one.put("leads", member.leads());
            one.set("behind", Json.tree(member.behind()));
            one.set("silentMs", Json.tree(member.silentMillis()));
            one.put("joining", member.joining());
        });
        return view;
    }

    private static boolean concerns(Verdict verdict, String service) {
        return switch (verdict) {
            case Verdict.SiteLost _ -> true;
            case Verdict.Score score -> score.service().equals(service);
            case Verdict.Stance stance -> stance.service().equals(service);
            case Verdict.Hold hold -> hold.service().equals(service);
            case Verdict.Refuse refuse -> refuse.service().equals(service);
            case Verdict.Alarm alarm -> alarm.service().equals(service);
        };
    }
}
