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

    private static final byte[] NOTHING = new byte[0];
    /** Enough for what is usual. */
    private static final int SMALL = 512;

    private final Context context;
    private final int most;
    private final ByteArrayOutputStream done = new ByteArrayOutputStream();
    /** Grows up to {@link #most}: a stance needs a hundred octets, a table's part all of them. */
    private ByteBuffer message = ByteBuffer.allocate(SMALL);
    private int messages;

    /** Written once for all messages that share them. */
    private byte[] attributes = NOTHING;
    private byte[] head = NOTHING;
    private Family family = Family.IPV4_UNICAST;
    private boolean withdrawing;
    private boolean roomy = true;
    /** Where the prefixes begin in the open message; 0: none is open. */
    private int prefixesFrom;

    public UpdatePacker(Context context) {
        this.context = context;
        this.most = context.maxLength(Update.TYPE);
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
        head = reach.map(this::head).orElse(NOTHING);
    }

    /** What follows is announced with this path. */
    public void announce(PathRewrite path) {
        close();
        withdrawing = false;
        family = Family.IPV4_UNICAST;
        attributes = Arrays.copyOf(path.bytes(), path.length());
        head = NOTHING;
        roomy = true;
    }

    /** What follows is withdrawn. */
    public void withdraw(Family withdrawn) {
        close();
        withdrawing = true;
        family = withdrawn;
        attributes = NOTHING;
        roomy = true;
        head = withdrawn == Family.IPV4_UNICAST
                ? NOTHING
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
        add(prefix.address().high(), prefix.address().low(), prefix.length());
    }

    /** The same, with the bits left-aligned. */
    public void add(long high, long low, int length) {
        if (prefixesFrom != 0 && needs(length) > most - message.position()) {
            close();
        }
        if (prefixesFrom == 0) {
            open();
            if (!roomy || needs(length) > most - message.position()) {
                throw new IllegalStateException("The attributes fill the message.");
            }
        }
        reserve(needs(length));
        message.put((byte) length);
        int octets = (length + 7) / 8;
        for (int i = 0; i < octets; i++) {
            message.put((byte) (i < 8 ? high >>> (56 - 8 * i) : low >>> (120 - 8 * i)));
        }
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

    private int needs(int length) {
        int trailing = head.length > 0 ? attributes.length : withdrawing ? 2 : 0;
        return 1 + (length + 7) / 8 + trailing;
    }

    private byte[] encode(Attributes path) {
        roomy = true;
        for (int size = SMALL;; size = most) {
            ByteBuffer out = ByteBuffer.allocate(size);
            try {
                for (Attribute attribute : MessageEncoder.forPeer(path, context).list()) {
                    MessageEncoder.attribute(attribute, out, context);
                }
                return Arrays.copyOf(out.array(), out.position());
            } catch (BufferOverflowException e) {
                if (size == most) {
                    roomy = false;
                    return NOTHING;
                }
            }
        }
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

    /** Room for so many octets more; the caller knows that the message may have them. */
    private void reserve(int octets) {
        if (message.remaining() < octets) {
            int size = Math.max(2 * message.capacity(), message.position() + octets);
            message = ByteBuffer.allocate(size).put(message.flip());
        }
    }

    private void open() {
        message.clear();
        reserve(Frame.MIN_UPDATE + head.length + attributes.length);
        message.putLong(-1L).putLong(-1L).putShort((short) 0).put((byte) Update.TYPE);
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
