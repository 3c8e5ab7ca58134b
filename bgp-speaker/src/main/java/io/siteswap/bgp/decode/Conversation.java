package io.siteswap.bgp.decode;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Capability;
import io.siteswap.bgp.wire.Context;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Open;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The two directions of a TCP connection and the OPENs seen on it. */
final class Conversation {

    /** One end of a connection. */
    record End(Address address, int port) {
    }

    /** Both ends, in an order that is the same for both directions. */
    record Key(End low, End high) {

        static Key of(End a, End b) {
            int order = a.address.compareTo(b.address);
            boolean first = order != 0 ? order < 0 : a.port <= b.port;
            return first ? new Key(a, b) : new Key(b, a);
        }
    }

    /** One direction. */
    static final class Side {
        final Stream stream = new Stream();
        Optional<Open> open = Optional.empty();
        /** What was found out about AS numbers where no OPEN says it. */
        boolean fourOctetAs = true;
    }

    private final Key key;
    private final Side low = new Side();
    private final Side high = new Side();

    Conversation(Key key) {
        this.key = key;
    }

    Key key() {
        return key;
    }

    Side from(End end) {
        return end.equals(key.low) ? low : high;
    }

    Side to(End end) {
        return end.equals(key.low) ? high : low;
    }

    /** Whether the OPENs say how wide AS numbers are on this connection. */
    boolean knowsWidth() {
        boolean narrow = without4(low) || without4(high);
        return narrow || (low.open.isPresent() && high.open.isPresent());
    }

    private static boolean without4(Side side) {
        return side.open.filter(o -> o.find(Capability.FourOctetAs.class).isEmpty())
                .isPresent();
    }

    /** How to read what this end sends. */
    Context context(End sender) {
        Side from = from(sender);
        Side to = to(sender);
        if (from.open.isEmpty() || to.open.isEmpty()) {
            boolean four = knowsWidth() ? false : from.fourOctetAs;
            return new Context(four, false).withExtendedMessages(true)
                    .withExtendedNextHop(Set.of(Family.values()));
        }
        Open theirs = from.open.get();
        Open ours = to.open.get();
        Set<Family> paths = paths(theirs, ours);
        return new Context(both(theirs, ours, Capability.FourOctetAs.class),
                theirs.as() != ours.as())
                .withExtendedMessages(both(theirs, ours, Capability.ExtendedMessage.class))
                .withAddPath(paths, paths).withExtendedNextHop(Set.of(Family.values()));
    }

    private static boolean both(Open a, Open b, Class<? extends Capability> kind) {
        return a.find(kind).isPresent() && b.find(kind).isPresent();
    }

    /** Families that the one sends several paths of and the other takes (RFC 7911 section 4). */
    private static Set<Family> paths(Open sender, Open receiver) {
        Set<Family> families = EnumSet.noneOf(Family.class);
        for (Family family : Family.values()) {
            boolean sends = paths(sender, family).filter(Capability.AddPath.Paths::send)
                    .isPresent();
            boolean takes = paths(receiver, family).filter(Capability.AddPath.Paths::receive)
                    .isPresent();
            if (sends && takes) {
                families.add(family);
            }
        }
        return families;
    }

    private static Optional<Capability.AddPath.Paths> paths(Open open, Family family) {
        return open.findAll(Capability.AddPath.class).stream()
                .flatMap(all -> all.families().stream())
                .filter(p -> p.afi() == family.afi() && p.safi() == family.safi()).findFirst();
    }
}
