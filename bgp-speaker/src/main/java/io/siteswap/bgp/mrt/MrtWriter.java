package io.siteswap.bgp.mrt;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Open;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Iterator;
import java.util.List;

/** Writes dumps that every MRT tool reads: tables, messages, changes of state. */
public final class MrtWriter {

    /** Both indexes and counts have 16 bits (RFC 6396 section 4.3). */
    public static final int MAX_PEERS = 0xFFFF;

    private static final int IPV6_AS4 = 3;
    private static final int IPV4_AS4 = 2;

    private final OutputStream out;

    /** The stream is neither flushed nor closed here. */
    public MrtWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * A whole table (RFC 6396 section 4.3), one record per row, as they come.
     *
     * @param view name of the table, may be empty
     * @throws IllegalArgumentException if there are more than 65535 peers, or entries in a row
     */
    public void table(Instant time, Address collector, String view, List<MrtPeer> peers,
            Iterator<TableRow> rows) throws IOException {
        peerIndex(time, collector, view, peers);
        for (int sequence = 0; rows.hasNext(); sequence++) {
            row(time, sequence, rows.next());
        }
    }

    private void peerIndex(Instant time, Address collector, String view, List<MrtPeer> peers)
            throws IOException {
        checkCount(peers.size());
        byte[] name = view.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(8 + name.length + 25 * peers.size());
        collector.write(body);
        body.putShort((short) name.length).put(name).putShort((short) peers.size());
        for (MrtPeer peer : peers) {
            boolean six = peer.address().family() == Family.IPV6_UNICAST;
            body.put((byte) (six ? IPV6_AS4 : IPV4_AS4));
            peer.routerId().write(body);
            peer.address().write(body);
            body.putInt((int) peer.as());
        }
        record(time, MrtType.TABLE_DUMP_V2, MrtType.PEER_INDEX_TABLE, body.flip());
    }

    private void row(Instant time, int sequence, TableRow row) throws IOException {
        checkCount(row.entries().size());
        List<ByteBuffer> attributes = row.entries().stream()
                .map(entry -> StoredAttributes.write(entry.attributes())).toList();
        int length = attributes.stream().mapToInt(a -> a.remaining() + 8).sum();
        ByteBuffer body = ByteBuffer.allocate(23 + length);
        body.putInt(sequence);
        StoredAttributes.prefix(row.prefix(), body);
        body.putShort((short) row.entries().size());
        for (int i = 0; i < attributes.size(); i++) {
            TableRow.Entry entry = row.entries().get(i);
            body.putShort((short) entry.peer()).putInt((int) entry.originated().getEpochSecond())
                    .putShort((short) attributes.get(i).remaining()).put(attributes.get(i));
        }
        record(time, MrtType.TABLE_DUMP_V2, switch (row.prefix().family()) {
            case IPV4_UNICAST -> MrtType.RIB_IPV4_UNICAST;
            case IPV6_UNICAST -> MrtType.RIB_IPV6_UNICAST;
        }, body.flip());
    }

    private static void checkCount(int count) {
        if (count > MAX_PEERS) {
            throw new IllegalArgumentException(
                    "A table dump holds at most " + MAX_PEERS + " peers, not " + count + ".");
        }
    }

    /**
     * A message as it went over the wire, to the microsecond (BGP4MP_ET, RFC 6396 section 4.5).
     *
     * @param sent by us rather than received
     * @param context it was written or read with
     * @param message with its header
     */
    public void message(Instant time, MrtSession session, boolean sent, Context context,
            ByteBuffer message) throws IOException {
        boolean paths = !(sent ? context.addPathSend() : context.addPathReceive()).isEmpty();
        boolean wide = context.fourOctetAs();
        int plain = wide
                ? (sent ? MrtType.MESSAGE_AS4_LOCAL : MrtType.MESSAGE_AS4)
                : (sent ? MrtType.MESSAGE_LOCAL : MrtType.MESSAGE);
        int several = wide
                ? (sent ? MrtType.MESSAGE_AS4_LOCAL_ADDPATH : MrtType.MESSAGE_AS4_ADDPATH)
                : (sent ? MrtType.MESSAGE_LOCAL_ADDPATH : MrtType.MESSAGE_ADDPATH);
        ByteBuffer body = session(time, session, wide, message.remaining());
        body.put(message.duplicate());
        record(time, MrtType.BGP4MP_ET, paths ? several : plain, body.flip());
    }

    /**
     * RFC 6396 section 4.4.1.
     *
     * @param from state, numbered from Idle, 1, to Established, 6
     */
    public void stateChange(Instant time, MrtSession session, int from, int to)
            throws IOException {
        ByteBuffer body = session(time, session, true, 4);
        body.putShort((short) from).putShort((short) to);
        record(time, MrtType.BGP4MP_ET, MrtType.STATE_CHANGE_AS4, body.flip());
    }

    private static ByteBuffer session(Instant time, MrtSession session, boolean wide,
            int follows) {
        ByteBuffer body = ByteBuffer.allocate(48 + follows);
        body.putInt(time.get(ChronoField.MICRO_OF_SECOND));
        if (wide) {
            body.putInt((int) session.peerAs()).putInt((int) session.localAs());
        } else {
            body.putShort(narrow(session.peerAs())).putShort(narrow(session.localAs()));
        }
        Family family = session.peer().family();
        body.putShort((short) session.interfaceIndex()).putShort((short) family.afi());
        session.peer().write(body);
        session.local().write(body);
        return body;
    }

    private static short narrow(long as) {
        return (short) (as > 0xFFFF ? Open.AS_TRANS : as);
    }

    private void record(Instant time, int type, int subtype, ByteBuffer body)
            throws IOException {
        ByteBuffer head = ByteBuffer.allocate(MrtType.HEADER);
        head.putInt((int) time.getEpochSecond()).putShort((short) type)
                .putShort((short) subtype).putInt(body.remaining());
        out.write(head.array());
        out.write(body.array(), body.arrayOffset() + body.position(), body.remaining());
    }
}
