package io.siteswap.bgp.wire;

import java.io.ByteArrayOutputStream;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Packs prefixes into as few UPDATEs as the attributes and the longest message agreed on allow:
 * first {@link #announce} or {@link #withdraw}, then {@link #add} for each prefix, and so on, then
 * {@link #finish}.
 *
 * <p>
 * MP_REACH_NLRI and MP_UNREACH_NLRI come first among the attributes (RFC 7606 section 5.1).
 */
public final class UpdatePacker {

    private final Context context;
    private final int most;
    private final ByteArrayOutputStream done = new ByteArrayOutputStream();
    private final ByteBuffer message;
    private final ByteBuffer scratch;
    private int messages;

    /** Written once for all messages that share them. */
    private byte[] attributes = new byte[0];
    private byte[] head = new byte[0];
    private Family family = Family.IPV4_UNICAST;
    private boolean withdrawing;
    private boolean roomy = true;
    /** Where the prefixes begin in the open message; 0: none is open. */
    private int prefixesFrom;

    public UpdatePacker(Context context) {
        this.context = context;
        this.most = context.maxLength(Update.TYPE);
        this.message = ByteBuffer.allocate(most);
        this.scratch = ByteBuffer.allocate(most);
    }

    /**
     * What follows is announced with these attributes.
     *
     * @param path with MP_REACH_NLRI for other families than IPv4 or for IPv6 next hops; its
     * prefixes do not matter
     */
    public void announce(Family announced, Attributes path) {
        close();
        withdrawing = false;
        family = announced;
        Optional<MpReach> reach = path.find(MpReach.class);
        attributes = encode(path.without(MpReach.class));
        head = reach.map(this::head).orElse(new byte[0]);
    }

    /** What follows is withdrawn. */
    public void withdraw(Family withdrawn) {
        close();
        withdrawing = true;
        family = withdrawn;
        attributes = new byte[0];
        head = withdrawn == Family.IPV4_UNICAST
                ? new byte[0]
                : new byte[]{(byte) (AttributeCodec.OPTIONAL | AttributeCodec.EXTENDED_LENGTH),
                        MpUnreach.TYPE, 0, 0, 0, (byte) withdrawn.afi(),
                        (byte) withdrawn.safi()};
    }

    /**
     * The next prefix.
     *
     * @throws IllegalStateException if the attributes leave no room for it: ask {@link #hasRoom}
     */
    public void add(Prefix prefix) {
        if (prefixesFrom != 0 && needs(prefix) > most - message.position()) {
            close();
        }
        if (prefixesFrom == 0) {
            open();
            if (needs(prefix) > most - message.position()) {
                throw new IllegalStateException("The attributes fill the message.");
            }
        }
        Nlri.write(List.of(prefix), message);
    }

    /** The initial table of a family ends here (RFC 4724 section 2). */
    public void endOfRib(Family ended) {
        withdraw(ended);
        open();
        close();
    }

    /** Whether a message with the attributes announced has room for a prefix of any length. */
    public boolean hasRoom() {
        int lengths = Frame.MIN_UPDATE;
        return roomy && lengths + head.length + attributes.length + 1 + family.bits() / 8 <= most;
    }

    /** Everything packed since the last time, ready to be sent. */
    public byte[] finish() {
        close();
        byte[] all = done.toByteArray();
        done.reset();
        return all;
    }

    /** Octets packed so far, without the message that is still open. */
    public int size() {
        return done.size();
    }

    /** Number of messages packed so far; counts on. */
    public int messages() {
        return messages;
    }

    private int needs(Prefix prefix) {
        int trailing = head.length > 0 ? attributes.length : withdrawing ? 2 : 0;
        return 1 + (prefix.length() + 7) / 8 + trailing;
    }

    private byte[] encode(Attributes path) {
        scratch.clear();
        try {
            for (Attribute attribute : MessageEncoder.forPeer(path, context).list()) {
                MessageEncoder.attribute(attribute, scratch, context);
            }
            roomy = true;
        } catch (BufferOverflowException e) {
            roomy = false;
        }
        return Arrays.copyOf(scratch.array(), scratch.position());
    }

    /** With two octets for the length, which is known at the end. */
    private byte[] head(MpReach reach) {
        ByteBuffer out = ByteBuffer.allocate(64);
        MessageEncoder.attribute(
                new MpReach(family, reach.nextHop(), reach.linkLocal(), List.of()), out, context);
        byte[] bytes = new byte[out.position() + 1];
        bytes[0] = (byte) (AttributeCodec.OPTIONAL | AttributeCodec.EXTENDED_LENGTH);
        bytes[1] = MpReach.TYPE;
        System.arraycopy(out.array(), 3, bytes, 4, out.position() - 3);
        return bytes;
    }

    private void open() {
        message.clear().putLong(-1L).putLong(-1L).putShort((short) 0).put((byte) Update.TYPE);
        message.putShort((short) 0);
        if (head.length > 0) {
            message.putShort((short) 0).put(head);
        } else if (!withdrawing) {
            message.putShort((short) attributes.length).put(attributes);
        }
        prefixesFrom = message.position();
    }

    private void close() {
        if (prefixesFrom == 0) {
            return;
        }
        int end = message.position();
        if (head.length > 0) {
            message.putShort(Frame.HEADER + 6, (short) (end - Frame.HEADER - 8));
            message.put(attributes);
            message.putShort(Frame.HEADER + 2,
                    (short) (message.position() - Frame.HEADER - 4));
        } else if (withdrawing) {
            message.putShort(Frame.HEADER, (short) (end - prefixesFrom)).putShort((short) 0);
        }
        message.putShort(16, (short) message.position());
        done.write(message.array(), 0, message.position());
        messages++;
        prefixesFrom = 0;
    }
}
