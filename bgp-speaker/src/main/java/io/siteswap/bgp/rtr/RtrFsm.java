package io.siteswap.bgp.rtr;

import io.siteswap.bgp.rtr.RtrEvent.AskTimer;
import io.siteswap.bgp.rtr.RtrEvent.Connected;
import io.siteswap.bgp.rtr.RtrEvent.Contradiction;
import io.siteswap.bgp.rtr.RtrEvent.Lost;
import io.siteswap.bgp.rtr.RtrEvent.Malformed;
import io.siteswap.bgp.rtr.RtrEvent.Received;
import io.siteswap.bgp.rtr.RtrState.Asking;
import io.siteswap.bgp.rtr.RtrState.Closed;
import io.siteswap.bgp.rtr.RtrState.Memory;
import io.siteswap.bgp.rtr.RtrState.Receiving;
import io.siteswap.bgp.rtr.RtrState.Serial;
import io.siteswap.bgp.rtr.RtrState.Synced;
import io.siteswap.bgp.wire.Octets;
import java.util.Optional;

/**
 * The router's side of RTR (RFC 8210 sections 7 and 8), one function per state. Difference: when
 * a cache contradicts itself, what it said before stays in use until a cache has sent everything
 * anew, or until it expires; an empty table would only take all protection away meanwhile.
 */
public final class RtrFsm {

    private RtrFsm() {
    }

    public static RtrStep step(RtrState state, RtrEvent event) {
        return switch (event) {
            case Connected _ -> ask(state.memory());
            case Lost _ -> RtrStep.of(new Closed(state.memory()), new RtrEffect.Abort());
            case Malformed(RtrError error, Octets quote, String reason) -> wrong(state.memory(),
                    error, quote, reason);
            case Contradiction(RtrError error, Vrp vrp) -> wrong(
                    state.memory().knowing(Optional.empty()), error, Octets.NONE,
                    "The cache sent a " + error + ": " + vrp + ".");
            case AskTimer _ -> switch (state) {
                case Synced(Memory memory) -> ask(memory);
                case Asking asking -> stuck(asking);
                case Receiving receiving -> stuck(receiving);
                case Closed _ -> RtrStep.of(state);
            };
            case Received(int version, Pdu pdu) -> versioned(state, version, pdu);
        };
    }

    private static RtrStep stuck(RtrState state) {
        return RtrStep.of(new Closed(state.memory()), new RtrEffect.Abort(),
                new RtrEffect.Disconnect("The cache did not finish its answer in time."));
    }

    /** The retry interval watches over the answer. */
    private static RtrStep ask(Memory memory) {
        Pdu query = memory.data().<Pdu>map(d -> new Pdu.SerialQuery(d.session(), d.serial()))
                .orElse(new Pdu.ResetQuery());
        return RtrStep.of(new Asking(memory, memory.data().isEmpty()),
                new RtrEffect.Send(memory.version(), query),
                new RtrEffect.AskAfter(memory.timing().retry()));
    }

    /** Section 7: the version is settled by the cache's first answer and fixed from then on. */
    private static RtrStep versioned(RtrState state, int version, Pdu pdu) {
        Memory memory = state.memory();
        if (version == memory.version()) {
            return received(state, pdu);
        }
        if (pdu instanceof Pdu.ErrorReport(RtrError error, Octets _, String text)) {
            return reported(state, version, error, text);
        }
        if (!memory.settled()) {
            return switch (pdu) {
                // Sent before it has seen our version: section 7 says to ignore it.
                case Pdu.SerialNotify _ -> RtrStep.of(state);
                case Pdu.CacheResponse _ when state instanceof Asking asking && version < memory
                        .version() ->
                    received(new Asking(memory.speaking(version), asking.all()),
                            pdu);
                default -> mixed(memory, version);
            };
        }
        return mixed(memory, version);
    }

    private static RtrStep mixed(Memory memory, int version) {
        return wrong(memory, RtrError.UNEXPECTED_VERSION, Octets.NONE,
                "The cache changed to protocol version " + version + ".");
    }

    private static RtrStep received(RtrState state, Pdu pdu) {
        return switch (pdu) {
            case Pdu.ErrorReport(RtrError error, Octets _, String text) -> reported(state,
                    state.memory().version(), error, text);
            case Pdu.SerialQuery _,Pdu.ResetQuery _ -> wrong(state.memory(),
                    RtrError.INVALID_REQUEST, Octets.NONE, "The cache asked us.");
            case Pdu.SerialNotify _,Pdu.CacheResponse _,Pdu.PrefixPdu _,Pdu.EndOfData _,Pdu.CacheReset _,Pdu.RouterKey _ ->
                switch (state) {
                    case Closed _ -> RtrStep.of(state);
                    case Asking asking -> asking(asking, pdu);
                    case Receiving receiving -> receiving(receiving, pdu);
                    case Synced synced -> synced(synced, pdu);
                };
        };
    }

    private static RtrStep asking(Asking state, Pdu pdu) {
        Memory memory = state.memory();
        return switch (pdu) {
            case Pdu.CacheResponse(int session) when state.all() || memory.data()
                    .filter(d -> d.session() == session).isPresent() ->
                RtrStep.of(
                        new Receiving(memory.speaking(memory.version()), state.all(),
                                session));
            case Pdu.CacheResponse _ -> otherSession(memory);
            case Pdu.CacheReset _ -> ask(memory.knowing(Optional.empty()));
            case Pdu.SerialNotify _ -> RtrStep.of(state);
            default -> unexpected(memory, pdu);
        };
    }

    private static RtrStep receiving(Receiving state, Pdu pdu) {
        Memory memory = state.memory();
        return switch (pdu) {
            case Pdu.PrefixPdu prefix when state.all() && !prefix.announce() -> wrong(memory,
                    RtrError.WITHDRAWAL_OF_UNKNOWN, Octets.NONE,
                    "The cache withdrew " + prefix.vrp() + " from nothing.");
            case Pdu.PrefixPdu prefix -> RtrStep.of(state, new RtrEffect.Note(prefix));
            case Pdu.RouterKey _,Pdu.SerialNotify _ -> RtrStep.of(state);
            case Pdu.EndOfData end when end.session() == state.session() -> {
                Memory done = memory.timed(end.timing().orElse(memory.timing()))
                        .knowing(Optional.of(new Serial(end.session(), end.serial())));
                yield RtrStep.of(new Synced(done), new RtrEffect.Commit(state.all()),
                        new RtrEffect.AskAfter(done.timing().refresh()),
                        new RtrEffect.ExpireAfter(done.timing().expire()));
            }
            case Pdu.EndOfData _ -> otherSession(memory);
            default -> unexpected(memory, pdu);
        };
    }

    /** Section 5.1: what changed in another history is of no use; next time, everything. */
    private static RtrStep otherSession(Memory memory) {
        return wrong(memory.knowing(Optional.empty()), RtrError.CORRUPT_DATA, Octets.NONE,
                "The cache answered for another session.");
    }

    private static RtrStep synced(Synced state, Pdu pdu) {
        return switch (pdu) {
            case Pdu.SerialNotify notify -> {
                boolean known = state.memory().data().equals(
                        Optional.of(new Serial(notify.session(), notify.serial())));
                yield known ? RtrStep.of(state) : ask(state.memory());
            }
            default -> unexpected(state.memory(), pdu);
        };
    }

    private static RtrStep reported(RtrState state, int version, RtrError error, String text) {
        Memory memory = state.memory();
        String words = "The cache reports: " + error + (text.isBlank() ? "." : " (" + text + ").");
        if (error == RtrError.NO_DATA_AVAILABLE) {
            return RtrStep.of(new Synced(memory.speaking(memory.version())),
                    new RtrEffect.Abort(), new RtrEffect.AskAfter(memory.timing().retry()));
        }
        boolean downgrade = error == RtrError.UNSUPPORTED_VERSION && !memory.settled()
                && memory.version() > version;
        return RtrStep.of(new Closed(downgrade ? memory.speaking(version) : memory),
                new RtrEffect.Abort(), new RtrEffect.Disconnect(words));
    }

    private static RtrStep unexpected(Memory memory, Pdu pdu) {
        return wrong(memory, RtrError.INVALID_REQUEST, Octets.NONE,
                "The cache sent a " + pdu.getClass().getSimpleName() + " out of turn.");
    }

    private static RtrStep wrong(Memory memory, RtrError error, Octets quote, String reason) {
        return RtrStep.of(new Closed(memory), new RtrEffect.Abort(),
                new RtrEffect.Send(memory.version(), new Pdu.ErrorReport(error, quote, reason)),
                new RtrEffect.Disconnect(reason));
    }
}
