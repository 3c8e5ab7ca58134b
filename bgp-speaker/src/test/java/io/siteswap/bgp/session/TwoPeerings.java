package io.siteswap.bgp.session;

import io.siteswap.bgp.session.Peering.LaneEffect;
import io.siteswap.bgp.session.Peering.PeeringStep;
import io.siteswap.bgp.wire.Attributes;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.Update;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Two speakers and the network between them, where everything that may happen next is a choice:
 * messages of one connection keep their order, those of different connections do not.
 */
final class TwoPeerings {

    private static final Update ROUTE = new Update(List.of(), Attributes.NONE, List.of());

    /** One end of a connection. */
    private static final class End {
        private Optional<Integer> lane = Optional.empty();
        /** Nobody reads before the connection is there. */
        private boolean open;
        private boolean closed;
        private List<String> inbox = new ArrayList<>();
        private final List<Message> messages = new ArrayList<>();
        private boolean routeSeen;
    }

    /** @param opener 0 or 1; its end is 0 */
    private record Connection(int opener, End ours, End theirs) {

        End end(int node) {
            return node == opener ? ours : theirs;
        }

        End other(int node) {
            return node == opener ? theirs : ours;
        }
    }

    private static final class Node {
        private Peering peering = Peering.idle();
        private final Map<Integer, Integer> connections = new HashMap<>();
        private final Map<Integer, Set<TimerKind>> timers = new HashMap<>();
    }

    private final SessionConfig[] configs;
    private final SessionFsm[] machines;
    private final Node[] nodes = {new Node(), new Node()};
    private final List<Connection> connections = new ArrayList<>();
    private final List<String> pending = new ArrayList<>(List.of("start 0", "start 1"));
    private int retries;

    TwoPeerings(SessionConfig one, SessionConfig two, int retries) {
        configs = new SessionConfig[]{one, two};
        machines = new SessionFsm[]{new SessionFsm(one), new SessionFsm(two)};
        this.retries = retries;
    }

    /** What may happen next; empty when all is quiet. */
    List<String> choices() {
        List<String> choices = new ArrayList<>(pending);
        for (int c = 0; c < connections.size(); c++) {
            for (int node = 0; node < 2; node++) {
                End end = connections.get(c).end(node);
                if (end.open && !end.closed && !end.inbox.isEmpty()) {
                    choices.add("deliver " + node + " " + c);
                }
            }
        }
        if (choices.isEmpty() && retries > 0 && sessionMissing()) {
            for (int node = 0; node < 2; node++) {
                int id = nodes[node].peering.main().id();
                for (TimerKind timer : nodes[node].timers.getOrDefault(id, Set.of())) {
                    if (timer == TimerKind.CONNECT_RETRY || timer == TimerKind.IDLE_HOLD) {
                        choices.add("expire " + node + " " + timer);
                    }
                }
            }
        }
        return choices;
    }

    private boolean sessionMissing() {
        return nodes[0].peering.established().isEmpty()
                || nodes[1].peering.established().isEmpty();
    }

    void take(String choice) {
        pending.remove(choice);
        String[] words = choice.split(" ", -1);
        int node = Integer.parseInt(words[1]);
        switch (words[0]) {
            case "start" -> apply(node, nodes[node].peering.broadcast(machines[node],
                    configs[node], new Event.Start()), Optional.empty());
            case "opened" -> opened(node, Integer.parseInt(words[2]));
            case "accepted" -> apply(node, nodes[node].peering.accepted(machines[node]),
                    Optional.of(Integer.parseInt(words[2])));
            case "deliver" -> deliver(node, Integer.parseInt(words[2]));
            case "expire" -> {
                retries--;
                TimerKind timer = TimerKind.valueOf(words[2]);
                int id = nodes[node].peering.main().id();
                nodes[node].timers.getOrDefault(id, Set.of()).remove(timer);
                event(node, id, new Event.Expired(timer));
            }
            default -> throw new IllegalArgumentException(choice);
        }
    }

    private void opened(int node, int connection) {
        End end = connections.get(connection).end(node);
        end.open = true;
        end.lane.filter(_ -> !end.closed)
                .ifPresent(lane -> event(node, lane, new Event.Opened()));
    }

    private void deliver(int node, int connection) {
        End end = connections.get(connection).end(node);
        String next = end.inbox.removeFirst();
        int lane = end.lane.orElseThrow();
        if (next.equals("FIN")) {
            event(node, lane, new Event.Lost("closed"));
            return;
        }
        Message message = end.messages.removeFirst();
        end.routeSeen |= message instanceof Update;
        event(node, lane, new Event.Received(message));
    }

    private void event(int node, int lane, Event event) {
        apply(node, nodes[node].peering.step(machines[node], configs[node], lane, event),
                Optional.empty());
    }

    private void apply(int at, PeeringStep step, Optional<Integer> offered) {
        Node node = nodes[at];
        node.peering = step.next();
        boolean adopted = false;
        for (LaneEffect laned : step.effects()) {
            int lane = laned.lane();
            switch (laned.effect()) {
                case Effect.Connect _ -> connect(at, lane);
                case Effect.Adopt _ -> {
                    adopted = true;
                    attach(at, lane, offered.orElseThrow());
                    connections.get(offered.orElseThrow()).end(at).open = true;
                }
                case Effect.Send(Message message) -> send(at, lane, message);
                case Effect.Disconnect _ -> disconnect(at, lane);
                case Effect.Arm arm -> node.timers
                        .computeIfAbsent(lane, _ -> EnumSet.noneOf(TimerKind.class))
                        .add(arm.timer());
                case Effect.Disarm disarm -> node.timers
                        .computeIfAbsent(lane, _ -> EnumSet.noneOf(TimerKind.class))
                        .remove(disarm.timer());
                case Effect.Up _ -> node.peering.established()
                        .ifPresent(up -> send(at, up.id(), ROUTE));
                case Effect.Down _,Effect.Deliver _,Effect.Refresh _,Effect.Failed _,Effect.Stale _,Effect.Flush _ -> {
                    // of no consequence here
                }
            }
        }
        if (!adopted) {
            offered.ifPresent(connection -> close(at, connection));
        }
    }

    private void connect(int at, int lane) {
        connections.add(new Connection(at, new End(), new End()));
        int connection = connections.size() - 1;
        attach(at, lane, connection);
        pending.add("opened " + at + " " + connection);
        pending.add("accepted " + (1 - at) + " " + connection);
    }

    private void attach(int at, int lane, int connection) {
        connections.get(connection).end(at).lane = Optional.of(lane);
        nodes[at].connections.put(lane, connection);
    }

    private void send(int at, int lane, Message message) {
        Optional.ofNullable(nodes[at].connections.get(lane)).ifPresent(connection -> {
            End other = connections.get(connection).other(at);
            if (!other.closed) {
                other.inbox.add(message.toString());
                other.messages.add(message);
            }
        });
    }

    private void disconnect(int at, int lane) {
        Optional.ofNullable(nodes[at].connections.remove(lane))
                .ifPresent(connection -> close(at, connection));
    }

    private void close(int at, int connection) {
        End end = connections.get(connection).end(at);
        end.closed = true;
        end.inbox.clear();
        end.messages.clear();
        End other = connections.get(connection).other(at);
        if (!other.closed) {
            other.inbox.add("FIN");
        }
    }

    /** What is wrong in the quiet, if anything. */
    Optional<String> wrong() {
        if (sessionMissing()) {
            return nodes[0].peering.established().isPresent()
                    || nodes[1].peering.established().isPresent()
                            ? Optional.of("Only one side is Established.")
                            : stuck();
        }
        int one = establishedConnection(0);
        int two = establishedConnection(1);
        if (one != two) {
            return Optional.of("The two sides are Established on different connections.");
        }
        if (!connections.get(one).ours.routeSeen || !connections.get(one).theirs.routeSeen) {
            return Optional.of("A route was lost.");
        }
        return nodes[0].peering.rival().isPresent() || nodes[1].peering.rival().isPresent()
                ? Optional.of("A second connection is left.")
                : Optional.empty();
    }

    private int establishedConnection(int node) {
        return nodes[node].connections.getOrDefault(
                nodes[node].peering.established().orElseThrow().id(), -1);
    }

    /** Nobody is up: somebody must try again. */
    private Optional<String> stuck() {
        for (int node = 0; node < 2; node++) {
            Set<TimerKind> timers = nodes[node].timers
                    .getOrDefault(nodes[node].peering.main().id(), Set.of());
            boolean waits = configs[node].passive()
                    && nodes[node].peering.state() instanceof State.Active;
            if (!waits && !timers.contains(TimerKind.CONNECT_RETRY)
                    && !timers.contains(TimerKind.IDLE_HOLD)) {
                return Optional.of("Side " + node + " never tries again.");
            }
        }
        return Optional.empty();
    }

    boolean up() {
        return !sessionMissing();
    }

    /** Two worlds with the same text have the same future. */
    String key() {
        StringBuilder key = new StringBuilder();
        key.append(retries).append(pending);
        for (Node node : nodes) {
            key.append(node.peering).append(node.connections).append(node.timers);
        }
        for (Connection c : connections) {
            for (End end : List.of(c.ours, c.theirs)) {
                key.append('|').append(c.opener).append(end.lane).append(end.closed)
                        .append(end.open)
                        .append(end.inbox).append(end.routeSeen);
            }
        }
        return key.toString();
    }
}
