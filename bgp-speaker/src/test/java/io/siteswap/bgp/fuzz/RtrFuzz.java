package io.siteswap.bgp.fuzz;

import static io.siteswap.bgp.fuzz.MessageFuzz.expect;

import io.siteswap.bgp.rtr.Pdu;
import io.siteswap.bgp.rtr.PduCodec;
import io.siteswap.bgp.rtr.RtrEffect;
import io.siteswap.bgp.rtr.RtrError;
import io.siteswap.bgp.rtr.RtrEvent;
import io.siteswap.bgp.rtr.RtrFsm;
import io.siteswap.bgp.rtr.RtrOptions;
import io.siteswap.bgp.rtr.RtrState;
import io.siteswap.bgp.rtr.RtrStep;
import io.siteswap.bgp.rtr.Vrp;
import io.siteswap.bgp.rtr.VrpTable;
import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.Prefix;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What an RPKI cache writes on a connection, octet by octet the input's; the first octets say at
 * which PDU a timer ends first.
 *
 * <p>
 * Invariants: nothing throws; what is sent can be read; an answer is committed or aborted, and one
 * that is committed has no more records than it announced.
 */
public final class RtrFuzz {

    private static final Prefix PREFIX = Prefix.parse("203.0.113.0/24");
    private static final int MAX_STEPS = 400;

    private final List<Pdu.PrefixPdu> notes = new ArrayList<>();
    private RtrState state = new RtrState.Closed(
            RtrState.Memory.initial(RtrOptions.Timing.DEFAULT));
    private VrpTable table = VrpTable.EMPTY;

    private RtrFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] data) {
        ByteBuffer in = ByteBuffer.wrap(data);
        int timer = in.hasRemaining() ? in.get() & 0x0F : 0;
        RtrFuzz fuzz = new RtrFuzz();
        fuzz.step(new RtrEvent.Connected());
        for (int steps = 0; steps < MAX_STEPS && !fuzz.closed(); steps++) {
            if (steps == timer) {
                fuzz.step(new RtrEvent.AskTimer());
            }
            if (!fuzz.read(in)) {
                fuzz.step(new RtrEvent.Lost("over"));
                expect(fuzz.closed(), "a lost connection is closed");
            }
        }
    }

    private boolean closed() {
        return state instanceof RtrState.Closed;
    }

    private boolean read(ByteBuffer in) {
        switch (PduCodec.next(in)) {
            case PduCodec.Read.Incomplete _ -> {
                return false;
            }
            case PduCodec.Read.Complete(int version, Pdu pdu) -> step(
                    new RtrEvent.Received(version, pdu));
            case PduCodec.Read.Broken(RtrError error, Octets quote, String reason) -> {
                step(new RtrEvent.Malformed(error, quote, reason));
                expect(closed(), "nothing is read after what cannot be read");
            }
        }
        return true;
    }

    private void step(RtrEvent event) {
        RtrStep step = RtrFsm.step(state, event);
        state = step.next();
        step.effects().forEach(this::run);
    }

    private void run(RtrEffect effect) {
        switch (effect) {
            case RtrEffect.Send(int version, Pdu pdu) -> expect(
                    PduCodec.next(PduCodec.encode(version, pdu)) instanceof PduCodec.Read.Complete,
                    "what is sent can be read");
            case RtrEffect.Note(Pdu.PrefixPdu change) -> notes.add(change);
            case RtrEffect.Commit(boolean all) -> commit(all);
            case RtrEffect.Abort _ -> notes.clear();
            case RtrEffect.AskAfter(var delay) -> expect(!delay.isNegative(), "later is later");
            case RtrEffect.ExpireAfter(var delay) -> expect(!delay.isNegative(),
                    "later is later");
            case RtrEffect.Disconnect _ -> {
                // there is no socket
            }
        }
    }

    private void commit(boolean all) {
        VrpTable base = all ? VrpTable.EMPTY : table;
        switch (base.apply(notes)) {
            case VrpTable.Applied.Ok(VrpTable next) -> {
                expect(next.size() <= base.size() + notes.size(), "no more than was announced");
                table = next;
                var _ = table.validate(PREFIX, 64500);
            }
            case VrpTable.Applied.Wrong(RtrError error, Vrp vrp) -> step(
                    new RtrEvent.Contradiction(error, vrp));
        }
        notes.clear();
    }
}
