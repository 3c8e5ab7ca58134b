package io.siteswap.bgp.wire;

import java.nio.ByteBuffer;

/**
 * One row of the table of attributes.
 *
 * @param flags OPTIONAL and TRANSITIVE as the attribute must have them
 * @param onError what follows when it is malformed (RFC 7606 section 7)
 * @param subcode UPDATE error that names a malformed one
 */
record AttributeCodec<A extends Attribute>(int type, String name, Class<A> kind, int flags,
        Consequence onError, int subcode, Reader<A> reader, Writer<A> writer) {

    static final int OPTIONAL = 0x80;
    static final int TRANSITIVE = 0x40;
    static final int PARTIAL = 0x20;
    static final int EXTENDED_LENGTH = 0x10;

    static final int WELL_KNOWN = TRANSITIVE;
    static final int OPTIONAL_TRANSITIVE = OPTIONAL | TRANSITIVE;

    /** Sees exactly the value; must not throw whatever it holds. */
    interface Reader<A> {
        Parsed<A> read(ByteBuffer value, Context context);
    }

    /** Writes the value only. */
    interface Writer<A> {
        void write(A attribute, ByteBuffer out, Context context);
    }

    void write(Attribute attribute, ByteBuffer out, Context context) {
        writer.write(kind.cast(attribute), out, context);
    }
}
