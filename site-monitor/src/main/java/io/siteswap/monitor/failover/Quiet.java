package io.siteswap.monitor.failover;

import io.siteswap.monitor.failover.Standing.Active;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The renewals of a lease that runs, nearly all that happens in a healthy cluster: they only put off
 * moments that nothing waits for yet. A step for one of them would find nothing to do, so it is not
 * made.
 */
final class Quiet {

    private Quiet() {
    }

    /** The next node, if {@code event} is of that kind and the next look is not due yet. */
    static Optional<Node> after(Node node, Event event) {
        if (event.now() - node.wake() >= 0) {
            return Optional.empty();
        }
        return switch (event) {
            case Event.Applied it -> applied(node, it);
            case Event.Renewed it -> renewed(node, it);
            case Event.Tick _,Event.Leadership _,Event.Observed _,Event.NotRenewed _,Event.StepOver _,Event.Fenced _,Event.PoweredOff _,Event.Guarded _,Event.Guarding _,Event.NotProposed _ ->
                Optional.empty();
        };
    }

    private static Optional<Node> applied(Node node, Event.Applied it) {
        boolean silent = node.leader().filter(Leader::missesRenewals).isPresent();
        if (!(it.command() instanceof Command.Renew) || !it.state().equals(node.state()) || silent
                || !(it.reply() instanceof Reply.Renewed granted)) {
            return Optional.empty();
        }
        Map<String, Long> renewed = node.renewed();
        if (!granted.epochs().isEmpty()) {
            renewed = new HashMap<>(renewed);
            for (String service : granted.epochs().keySet()) {
                renewed.put(service, it.now());
            }
        }
        return Optional.of(node.seen(it.now(), node.pulse().beats(node.setup(), it.now()),
                node.agents(), renewed));
    }

    private static Optional<Node> renewed(Node node, Event.Renewed it) {
        Map<String, Agent> agents = new HashMap<>(node.agents());
        for (Map.Entry<String, Long> one : it.epochs().entrySet()) {
            Agent agent = agents.get(one.getKey());
            long until = it.sent() + node.setup().lease();
            if (agent == null || !(agent.standing() instanceof Active active)
                    || active.epoch() != one.getValue() || until - active.until() < 0) {
                return Optional.empty();
            }
            agents.put(one.getKey(), agent.with(new Active(active.epoch(), until)));
        }
        return Optional.of(node.seen(it.now(), node.pulse(), agents, node.renewed()));
    }
}
