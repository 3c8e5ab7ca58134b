package io.siteswap.bgp.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.bgp.load.FullTable;
import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Decoded;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Frame;
import io.siteswap.bgp.wire.MessageDecoder;
import io.siteswap.bgp.wire.MultiExitDisc;
import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.PathBytes;
import io.siteswap.bgp.wire.PathRewrite;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.Update;
import io.siteswap.bgp.wire.UpdatePacker;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes a path is passed on with are those that the attributes would be encoded to. */
class PathRewriteTest {

    private static final Context AGREED = new Context(true, true);
    private static final Address US = Address.parse("198.18.1.1");
    private static final Prefix PREFIX = Prefix.parse("203.0.113.0/24");

    @Test
    void bothWaysGiveTheSameBytes() {
        ExportTerms terms = new ExportTerms(
                new Source("to", true, Address.parse("198.18.9.8"), Address.parse("198.18.9.8")),
                Relation.UNKNOWN, 64500, List.of(US), AGREED);
        PathRewrite rewrite = new PathRewrite();
        ByteBuffer in = ByteBuffer.wrap(FullTable.of(2000, 64510, US.toInt(), 3).messages());
        int seen = 0;
        while (in.hasRemaining()) {
            Frame.Complete frame = (Frame.Complete) Frame.next(in, AGREED);
            Update update = (Update) ((Decoded.Ok) MessageDecoder.decode(frame, AGREED))
                    .message();
            byte[] path = PathBytes.of(update.attributes().with(new MultiExitDisc(seen++)));
            assertTrue(rewrite.rewrite(path, 64500, US.toInt()));
            UpdatePacker shortWay = new UpdatePacker(AGREED);
            shortWay.announce(rewrite);
            shortWay.add(PREFIX);
            UpdatePacker longWay = new UpdatePacker(AGREED);
            longWay.announce(Family.IPV4_UNICAST, terms
                    .attributes(PathBytes.read(path), Family.IPV4_UNICAST, 100).orElseThrow());
            longWay.add(PREFIX);
            assertEquals(Octets.of(longWay.finish()), Octets.of(shortWay.finish()));
        }
        assertTrue(seen > 300);
    }
}
