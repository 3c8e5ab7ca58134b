package io.siteswap.bgp.session;

import io.siteswap.bgp.session.State.Active;
import io.siteswap.bgp.session.State.Connect;
import io.siteswap.bgp.session.State.Established;
import io.siteswap.bgp.session.State.Idle;
import io.siteswap.bgp.session.State.OpenConfirm;
import io.siteswap.bgp.session.State.OpenSent;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.Open;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The relation to one neighbour: usually one connection, for a moment two when both sides opened
 * one, until the collision rule (RFC 4271 section 6.8) picks the survivor.
 *
 * @param main the lane that starts attempts
 * @param rival an accepted connection beside it
 */
public record Peering(Lane main, Optional<Lane> rival) {

    /** One connection's state machine; timers and sockets belong to a lane by its id. */
    public record Lane(int id, State state) {
    }

    /** An effect for the lane with this id. */
    public record LaneEffect(int lane, Effect effect) {
    }

    public record PeeringStep(Peering next, List<LaneEffect> effects) {
    }

    public static Peering idle() {
        return new Peering(new Lane(0, new Idle()), Optional.empty());
    }

    /** The state people see: that of the lane that got furthest. */
    public State state() {
        return rival.map(Lane::state).filter(s -> rank(s) > rank(main.state))
                .orElse(main.state);
    }

    /** The lane that carries routes. */
    public Optional<Lane> established() {
        return main.state instanceof Established
                ? Optional.of(main)
                : rival.filter(r -> r.state instanceof Established);
    }

    /** An event of one lane; of a lane that is gone it means nothing. */
    public PeeringStep step(SessionFsm fsm, SessionConfig config, int lane, Event event) {
        List<LaneEffect> effects = new ArrayList<>();
        Optional<Peering> collided = Optional.empty();
        if (event instanceof Event.Received(Message message) && message instanceof Open open) {
            collided = resolve(fsm, config, lane, open, effects);
        }
        Peering peering = collided.orElse(this).advance(fsm, lane, event, effects);
        return new PeeringStep(peering.settled(fsm, effects).pruned(effects), effects);
    }

    /** The neighbour connected to us. */
    public PeeringStep accepted(SessionFsm fsm) {
        List<LaneEffect> effects = new ArrayList<>();
        Peering next = switch (main.state) {
            case Active _ -> advance(fsm, main.id, new Event.Accepted(), effects);
            case Connect _,OpenSent _,OpenConfirm _ when rival.isEmpty() ->
                new Peering(main, Optional.of(new Lane(1 - main.id, new Active())))
                        .advance(fsm, 1 - main.id, new Event.Accepted(), effects);
            case Idle _,Connect _,OpenSent _,OpenConfirm _,Established _ -> this;
        };
        return new PeeringStep(next, effects);
    }

    /** To all lanes. */
    public PeeringStep broadcast(SessionFsm fsm, Event event) {
        List<LaneEffect> effects = new ArrayList<>();
        Peering next = advance(fsm, main.id, event, effects);
        if (rival.isPresent()) {
            next = next.advance(fsm, rival.get().id, event, effects);
        }
        return new PeeringStep(next.pruned(effects), effects);
    }

    private Peering advance(SessionFsm fsm, int lane, Event event, List<LaneEffect> effects) {
        if (lane == main.id) {
            return new Peering(advance(fsm, main, event, effects), rival);
        }
        return new Peering(main, rival.map(r -> advance(fsm, r, event, effects)));
    }

    private static Lane advance(SessionFsm fsm, Lane lane, Event event,
            List<LaneEffect> effects) {
        Step step = fsm.step(lane.state, event);
        step.effects().forEach(effect -> effects.add(new LaneEffect(lane.id, effect)));
        return new Lane(lane.id, step.next());
    }

    /** An OPEN arrived on a lane: is there another connection that has come as far? */
    private Optional<Peering> resolve(SessionFsm fsm, SessionConfig config, int lane, Open open,
            List<LaneEffect> effects) {
        if (rival.isEmpty() || rank(main.state) < rank(new OpenSent(Direction.OUTGOING))) {
            return Optional.empty();
        }
        return loser(config, lane == main.id ? main : rival.get(),
                lane == main.id ? rival.get() : main, open)
                .map(loser -> advance(fsm, loser.id, new Event.Dumped(), effects));
    }

    /**
     * Of two connections in opposite directions, the side that opened the one to be kept decides:
     * it ends the other at its OPEN, or gives up its own attempt before it sends an OPEN. The other
     * side waits for either, as otherwise it could end what is left.
     */
    private Optional<Lane> loser(SessionConfig config, Lane opened, Lane other, Open open) {
        if (other.state instanceof Established) {
            return Optional.of(opened);
        }
        if (direction(opened) == direction(other)) {
            // The neighbour itself opened the newer one: the older is dead there.
            return Optional.of(main);
        }
        boolean outgoing = winsOutgoing(config, open);
        if (outgoing == (direction(opened) == Direction.OUTGOING)) {
            return Optional.of(other);
        }
        return outgoing || other.state instanceof OpenConfirm
                ? Optional.of(opened)
                : Optional.empty();
    }

    /** The connection that the higher identifier opened survives; RFC 6286 breaks the tie. */
    private static boolean winsOutgoing(SessionConfig config, Open open) {
        Address ours = config.routerId();
        int order = ours.compareTo(open.routerId());
        return order != 0 ? order > 0 : config.localAs() > config.peerAs();
    }

    private static Direction direction(Lane lane) {
        return switch (lane.state) {
            case OpenSent(Direction direction) -> direction;
            case OpenConfirm(Direction direction, Negotiated _) -> direction;
            case Idle _,Connect _,Active _,Established _ -> Direction.OUTGOING;
        };
    }

    /**
     * An Established lane ends the other (RFC 4271 section 6.8). Both sides see the same: who sends
     * the last KEEPALIVE on one connection has chosen it or has sent no OPEN on another.
     */
    private Peering settled(SessionFsm fsm, List<LaneEffect> effects) {
        if (rival.isEmpty() || established().isEmpty()) {
            return this;
        }
        int loser = main.state instanceof Established ? rival.get().id : main.id;
        return advance(fsm, loser, new Event.Dumped(), effects);
    }

    /**
     * One lane is enough as soon as one is idle, or while one is a mere attempt and the other has
     * the neighbour's OPEN: an attempt that still succeeded after that could be chosen by one
     * side while the other is already Established.
     */
    private Peering pruned(List<LaneEffect> effects) {
        if (rival.isEmpty()) {
            return this;
        }
        Lane other = rival.get();
        if (other.state instanceof Idle || other.state instanceof Active) {
            forget(other, effects);
            return new Peering(main, Optional.empty());
        }
        boolean waiting = main.state instanceof Idle || main.state instanceof Active;
        boolean late = main.state instanceof Connect && other.state instanceof OpenConfirm;
        if (waiting || late) {
            forget(main, effects);
            return new Peering(other, Optional.empty());
        }
        return this;
    }

    /** A lane that goes away starts nothing any more. */
    private static void forget(Lane lane, List<LaneEffect> effects) {
        effects.removeIf(e -> e.lane == lane.id && e.effect instanceof Effect.Arm);
        effects.add(new LaneEffect(lane.id, new Effect.Disarm(TimerKind.CONNECT_RETRY)));
        effects.add(new LaneEffect(lane.id, new Effect.Disarm(TimerKind.IDLE_HOLD)));
        if (lane.state instanceof Connect) {
            effects.add(new LaneEffect(lane.id, new Effect.Disconnect()));
        }
    }

    private static int rank(State state) {
        return switch (state) {
            case Idle _ -> 0;
            case Active _ -> 1;
            case Connect _ -> 2;
            case OpenSent _ -> 3;
            case OpenConfirm _ -> 4;
            case Established _ -> 5;
        };
    }
}
