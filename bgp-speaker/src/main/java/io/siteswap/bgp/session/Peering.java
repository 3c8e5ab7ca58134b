package io.siteswap.bgp.session;

import io.siteswap.bgp.session.State.Active;
import io.siteswap.bgp.session.State.AwaitingBfd;
import io.siteswap.bgp.session.State.Connect;
import io.siteswap.bgp.session.State.Established;
import io.siteswap.bgp.session.State.Idle;
import io.siteswap.bgp.session.State.OpenConfirm;
import io.siteswap.bgp.session.State.OpenSent;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Keepalive;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.Notification;
import io.siteswap.bgp.wire.Open;
import io.siteswap.bgp.wire.RouteRefresh;
import io.siteswap.bgp.wire.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The relation to one neighbour: usually one connection, for a moment two when both sides opened
 * one, until the collision rule (RFC 4271 section 6.8) picks the survivor.
 *
 * @param main the lane that starts attempts
 * @param rival an accepted connection beside it
 * @param terms what is remembered from one attempt to the next
 * @param kept routes that outlived the last session
 */
public record Peering(Lane main, Optional<Lane> rival, Terms terms, Kept kept) {

    /** As a lane in effects and events: timers of the relation itself. */
    public static final int WHOLE = -1;

    private static final int UNSUPPORTED_PARAMETER = 4;
    private static final int UNSUPPORTED_CAPABILITY = 7;

    /** One connection's state machine; timers and sockets belong to a lane by its id. */
    public record Lane(int id, State state) {
    }

    /** An effect for the lane with this id. */
    public record LaneEffect(int lane, Effect effect) {
    }

    public record PeeringStep(Peering next, List<LaneEffect> effects) {
    }

    public static Peering idle() {
        return new Peering(new Lane(0, new Idle()), Optional.empty(), Terms.INITIAL,
                Kept.NOTHING);
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

    /** No connection, none being opened, nothing kept. */
    public boolean isQuiet() {
        return rank(main.state) < 2 && rival.isEmpty() && kept.families().isEmpty();
    }

    /** Routes from before are kept until the End-of-RIB of their family. */
    public boolean awaitsEndOfRib() {
        return !kept.families().isEmpty() && established().isPresent();
    }

    private Peering with(Lane first, Optional<Lane> second) {
        return new Peering(first, second, terms, kept);
    }

    private Peering with(Terms other) {
        return new Peering(main, rival, other, kept);
    }

    /** An event of one lane; of a lane that is gone it means nothing. */
    public PeeringStep step(SessionFsm fsm, SessionConfig config, int lane, Event event) {
        if (lane == WHOLE) {
            return event instanceof Event.Expired(TimerKind timer)
                    ? whole(timer)
                    : new PeeringStep(this, List.of());
        }
        SessionFsm machine = fsm.under(terms);
        List<LaneEffect> effects = new ArrayList<>();
        Peering before = this;
        if (event instanceof Event.Received(Message message)) {
            before = switch (message) {
                case Open open -> resolve(machine, config, lane, open, effects).orElse(this);
                case Keepalive _ -> replaced(machine, lane, effects);
                case Notification _,Update _,RouteRefresh _ -> this;
            };
        }
        Peering peering = before.advance(machine, lane, event, effects);
        if (event instanceof Event.Received(Message message)
                && message instanceof Notification refusal) {
            peering = peering.offeringLess(this, refusal, lane, effects);
        }
        return peering.settled(this, machine, effects).pruned(effects).remembering(effects);
    }

    private PeeringStep whole(TimerKind timer) {
        if (timer == TimerKind.RESTARTED) {
            return new PeeringStep(with(terms.withRestarting(false)), List.of());
        }
        List<LaneEffect> effects = new ArrayList<>();
        Peering next = keeping(kept.expired(timer), effects);
        return new PeeringStep(next, effects);
    }

    private Peering keeping(Kept.Next next, List<LaneEffect> effects) {
        next.effects().forEach(effect -> effects.add(new LaneEffect(WHOLE, effect)));
        return new Peering(main, rival, terms, next.kept());
    }

    /** A neighbour that refuses capabilities is offered fewer next time (RFC 5492 section 3). */
    private Peering offeringLess(Peering before, Notification refusal, int lane,
            List<LaneEffect> effects) {
        boolean opening = rank(before.state(lane)) >= 3
                && !(before.state(lane) instanceof Established);
        if (!opening || refusal.code() != Notification.OPEN
                || (refusal.subcode() != UNSUPPORTED_PARAMETER
                        && refusal.subcode() != UNSUPPORTED_CAPABILITY)) {
            return this;
        }
        Terms fewer = terms.withOffer(terms.offer().less());
        effects.add(new LaneEffect(lane, new Effect.Failed(
                "The next OPEN offers " + fewer.offer().words() + ".")));
        return with(fewer);
    }

    private State state(int lane) {
        return lane == main.id
                ? main.state
                : rival.filter(r -> r.id == lane).map(Lane::state).orElse(new Idle());
    }

    /** Routes outlive their session, and go or stay when the next one is up. */
    private PeeringStep remembering(List<LaneEffect> effects) {
        Peering peering = this;
        List<LaneEffect> all = new ArrayList<>(effects.size());
        for (LaneEffect laned : effects) {
            switch (laned.effect) {
                case Effect.Up(Negotiated negotiated) -> {
                    peering = peering.with(terms.withRestarting(false))
                            .keeping(peering.kept.returned(negotiated), all);
                    all.add(laned);
                }
                case Effect.Down(String _, Optional<Retention> retention) -> {
                    if (!peering.kept.families().isEmpty()) {
                        peering = peering.keeping(peering.kept.dropped(), all);
                    }
                    all.add(laned);
                    peering = peering.keeping(peering.kept.ended(retention), all);
                }
                case Effect.Deliver(Update update) -> {
                    all.add(laned);
                    if (!peering.kept.families().isEmpty() && update.endsRib().isPresent()) {
                        peering = peering.keeping(
                                peering.kept.complete(update.endsRib().get()), all);
                    }
                }
                case Effect.Connect _,Effect.Adopt _,Effect.Send _,Effect.Disconnect _,Effect.Arm _,Effect.Disarm _,Effect.Stale _,Effect.Flush _,Effect.Refresh _,Effect.Failed _ ->
                    all.add(laned);
            }
        }
        return new PeeringStep(peering, all);
    }

    /** The neighbour connected to us. */
    public PeeringStep accepted(SessionFsm fsm) {
        List<LaneEffect> effects = new ArrayList<>();
        Peering next = switch (main.state) {
            case Active _ -> advance(fsm.under(terms), main.id, new Event.Accepted(), effects);
            case Connect _,OpenSent _,AwaitingBfd _,OpenConfirm _ -> beside(fsm, effects);
            // It may be back before we noticed that it was gone (RFC 4724 section 5).
            case Established(Negotiated agreed) -> agreed.restart().isPresent()
                    ? beside(fsm, effects)
                    : this;
            case Idle _ -> this;
        };
        return new PeeringStep(next, effects);
    }

    private Peering beside(SessionFsm fsm, List<LaneEffect> effects) {
        int id = 1 - main.id;
        return rival.isPresent()
                ? this
                : with(main, Optional.of(new Lane(id, new Active()))).advance(fsm.under(terms),
                        id, new Event.Accepted(), effects);
    }

    /** To all lanes. */
    public PeeringStep broadcast(SessionFsm fsm, SessionConfig config, Event event) {
        List<LaneEffect> effects = new ArrayList<>();
        Peering next = switch (event) {
            case Event.Start _ -> starting(config, effects);
            case Event.BfdUp _ -> with(terms.withBfdUp(true));
            case Event.BfdDown(String _, boolean independent) -> {
                Peering blind = with(terms.withBfdUp(false));
                yield independent ? blind.keeping(kept.dropped(), effects) : blind;
            }
            case Event.Stop _,Event.Leave _ -> keeping(kept.dropped(), effects);
            case Event.Expired _,Event.Opened _,Event.Accepted _,Event.Lost _,Event.Received _,Event.Malformed _,Event.Dumped _,Event.Blocked _,Event.Drained _ ->
                this;
        };
        SessionFsm machine = fsm.under(next.terms);
        next = next.advance(machine, main.id, event, effects);
        if (rival.isPresent()) {
            next = next.advance(machine, rival.get().id, event, effects);
        }
        return next.settled(this, machine, effects).pruned(effects).remembering(effects);
    }

    private Peering starting(SessionConfig config, List<LaneEffect> effects) {
        Optional<RestartOptions> restart = config.options().gracefulRestart()
                .filter(_ -> config.restarting());
        restart.ifPresent(options -> effects.add(new LaneEffect(WHOLE,
                new Effect.Arm(TimerKind.RESTARTED, options.restartTime()))));
        return with(Terms.INITIAL.withRestarting(restart.isPresent())
                .withBfdUp(terms.bfdUp()));
    }

    private Peering advance(SessionFsm fsm, int lane, Event event, List<LaneEffect> effects) {
        if (lane == main.id) {
            return with(advance(fsm, main, event, effects), rival);
        }
        return with(main, rival.map(r -> advance(fsm, r, event, effects)));
    }

    private static Lane advance(SessionFsm fsm, Lane lane, Event event,
            List<LaneEffect> effects) {
        Step step = fsm.step(lane.state, event);
        step.effects().forEach(effect -> effects.add(new LaneEffect(lane.id, effect)));
        return new Lane(lane.id, step.next());
    }

    /** The neighbour confirms a new connection, so the Established one is dead on its side. */
    private Peering replaced(SessionFsm fsm, int lane, List<LaneEffect> effects) {
        boolean confirms = main.state instanceof Established
                && rival.filter(r -> r.id == lane && r.state instanceof OpenConfirm).isPresent();
        return confirms
                ? advance(fsm, main.id, new Event.Lost("the neighbour opened another one"),
                        effects)
                : this;
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
        if (other.state instanceof Established(Negotiated agreed)) {
            // With graceful restart its KEEPALIVE will tell whether it is back or merely late.
            return agreed.restart().isPresent() ? Optional.empty() : Optional.of(opened);
        }
        if (direction(opened) == direction(other)) {
            // The neighbour itself opened the newer one: the older is dead there.
            return Optional.of(main);
        }
        boolean outgoing = winsOutgoing(config, open);
        if (outgoing == (direction(opened) == Direction.OUTGOING)) {
            return Optional.of(other);
        }
        return outgoing || rank(other.state) >= 4
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
            case AwaitingBfd(Direction direction, Negotiated _, boolean _) -> direction;
            case OpenConfirm(Direction direction, Negotiated _) -> direction;
            case Idle _,Connect _,Active _,Established _ -> Direction.OUTGOING;
        };
    }

    /**
     * An Established lane ends the other (RFC 4271 section 6.8). Both sides see the same: who sends
     * the last KEEPALIVE on one connection has chosen it or has sent no OPEN on another.
     */
    private Peering settled(Peering before, SessionFsm fsm, List<LaneEffect> effects) {
        // What came beside a graceful session that was up already is watched.
        boolean tracked = before.main.state instanceof Established
                && main.state instanceof Established(Negotiated agreed)
                && agreed.restart().isPresent();
        if (rival.isEmpty() || established().isEmpty() || tracked) {
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
            return with(main, Optional.empty());
        }
        boolean waiting = main.state instanceof Idle || main.state instanceof Active;
        boolean late = main.state instanceof Connect && rank(other.state) >= 4;
        if (waiting || late) {
            forget(main, effects);
            return with(other, Optional.empty());
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
            case AwaitingBfd _,OpenConfirm _ -> 4;
            case Established _ -> 5;
        };
    }
}
