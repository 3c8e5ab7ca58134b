package io.siteswap.bgp.fuzz;

import static io.siteswap.bgp.fuzz.MessageFuzz.expect;

import io.siteswap.bgp.rib.ImportOptions;
import io.siteswap.bgp.rib.Relation;
import io.siteswap.bgp.rib.Rib;
import io.siteswap.bgp.rib.Source;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.Message;
import io.siteswap.bgp.wire.MessageDecoder;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.WireError;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * UPDATEs one after the other, each an octet of length and its body: the short way from bytes into
 * the table leads where the decoder and the long way lead.
 */
public final class FastPathFuzz {

    private static final Context CONTEXT = new Context(true, true);
    private static final String NAME = "neighbour";
    private static final Source SOURCE = new Source(NAME, 64501, true,
            Address.parse("198.18.0.2"), Address.parse("198.51.100.1"));
    private static final int MIN_BODY = 4;
    private static final int PAGE = 4096;

    private FastPathFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Rib quick = rib();
        Rib slow = rib();
        ByteBuffer in = ByteBuffer.wrap(data);
        while (in.hasRemaining()) {
            byte[] body = new byte[Math.min(in.get() & 0xFF, in.remaining())];
            in.get(body);
            if (body.length >= MIN_BODY) {
                update(quick, slow, body);
            }
        }
        expect(routes(quick).equals(routes(slow)),
                "both ways: " + routes(quick) + " / " + routes(slow));
    }

    private static void update(Rib quick, Rib slow, byte[] body) {
        boolean taken = quick.apply(NAME, body, 0, body.length);
        Decoded decoded = MessageDecoder
                .decode(new Frame.Complete(Update.TYPE, ByteBuffer.wrap(body)), CONTEXT);
        if (decoded instanceof Decoded.Ok(Message message, List<WireError> faults)
                && message instanceof Update update) {
            slow.apply(NAME, update);
            if (!taken) {
                quick.apply(NAME, update);
            }
            expect(!taken || faults.isEmpty(), "faults do not take the short way: " + faults);
        } else {
            expect(!taken, "what costs the session does not take the short way");
        }
    }

    private static Rib rib() {
        Rib rib = new Rib(64500);
        rib.join(SOURCE, ImportOptions.EVERYTHING, Relation.UNKNOWN);
        return rib;
    }

    private static List<String> routes(Rib rib) {
        List<String> routes = new ArrayList<>();
        for (Family family : Family.values()) {
            Rib.Page page = rib.page(family, 0, PAGE, _ -> true);
            page.choices().forEach(choice -> routes.add(choice.toString()));
            for (Optional<Integer> next = page.next(); next.isPresent(); next = page.next()) {
                page = rib.page(family, next.get(), PAGE, _ -> true);
                page.choices().forEach(choice -> routes.add(choice.toString()));
            }
        }
        return routes;
    }
}
