package io.siteswap.bgp.kernel;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests and answers of rtnetlink(7), in the byte order of the machine. */
final class Netlink {

    /** Marks our routes, {@code ip route show proto 83}: nobody else's are ever touched. */
    static final int PROTOCOL = 83;

    private static final int ERROR = 2;
    private static final int DONE = 3;
    private static final int NEW_ROUTE = 24;
    private static final int DEL_ROUTE = 25;
    private static final int GET_ROUTE = 26;

    private static final int REQUEST = 0x1;
    private static final int ACK = 0x4;
    private static final int REPLACE = 0x100;
    private static final int CREATE = 0x400;
    private static final int DUMP = 0x300;

    private static final int HEADER = 16;
    private static final int ROUTE_HEADER = 12;
    private static final int DST = 1;
    private static final int GATEWAY = 5;
    private static final int PRIORITY = 6;
    private static final int TABLE = 15;
    private static final int VIA = 18;

    private static final int UNICAST = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    /** More than any request here has. */
    private static final int MAX_REQUEST = 256;

    private Netlink() {
    }

    /** One message of an answer. */
    sealed interface Answer {

        /** @param errno 0: done as asked */
        record Ack(int errno) implements Answer {
        }

        /** The dump is over. */
        record End() implements Answer {
        }

        /** @param protocol who installed it */
        record Listed(KernelRoute route, int protocol, int table) implements Answer {
        }

        /** Something we did not ask for. */
        record Other() implements Answer {
        }
    }

    /** Adds the route, or puts it in the place of the one with this prefix and metric. */
    static ByteBuffer put(KernelRoute route, KernelOptions options, int sequence) {
        ByteBuffer out = request(NEW_ROUTE, REQUEST | ACK | CREATE | REPLACE, sequence);
        routeHeader(out, route.prefix().family(), route.prefix().length(), UNICAST);
        destination(out, route.prefix());
        gateway(out, route);
        attribute(out, PRIORITY, options.metric());
        attribute(out, TABLE, options.table());
        return finish(out);
    }

    static ByteBuffer remove(Prefix prefix, KernelOptions options, int sequence) {
        ByteBuffer out = request(DEL_ROUTE, REQUEST | ACK, sequence);
        routeHeader(out, prefix.family(), prefix.length(), 0);
        destination(out, prefix);
        attribute(out, PRIORITY, options.metric());
        attribute(out, TABLE, options.table());
        return finish(out);
    }

    /** Asks for all routes of a family. */
    static ByteBuffer list(Family family, int sequence) {
        ByteBuffer out = request(GET_ROUTE, REQUEST | DUMP, sequence);
        routeHeader(out, family, 0, 0);
        return finish(out);
    }

    private static ByteBuffer request(int type, int flags, int sequence) {
        return ByteBuffer.allocate(MAX_REQUEST).order(ByteOrder.nativeOrder()).putInt(0)
                .putShort((short) type).putShort((short) flags).putInt(sequence).putInt(0);
    }

    private static ByteBuffer finish(ByteBuffer out) {
        return out.putInt(0, out.position()).flip();
    }

    private static void routeHeader(ByteBuffer out, Family family, int length, int type) {
        out.put((byte) number(family)).put((byte) length).put((byte) 0).put((byte) 0)
                .put((byte) 0).put((byte) PROTOCOL).put((byte) 0).put((byte) type).putInt(0);
    }

    private static void destination(ByteBuffer out, Prefix prefix) {
        if (prefix.length() > 0) {
            attribute(out, DST, prefix.address(), false);
        }
    }

    private static void gateway(ByteBuffer out, KernelRoute route) {
        boolean same = route.gateway().family() == route.prefix().family();
        attribute(out, same ? GATEWAY : VIA, route.gateway(), !same);
    }

    private static void attribute(ByteBuffer out, int type, int value) {
        out.putShort((short) 8).putShort((short) type).putInt(value);
    }

    private static void attribute(ByteBuffer out, int type, Address address, boolean named) {
        int length = 4 + (named ? 2 : 0) + address.octets();
        out.putShort((short) length).putShort((short) type);
        if (named) {
            out.putShort((short) number(address.family()));
        }
        ByteBuffer octets = ByteBuffer.allocate(address.octets());
        address.write(octets);
        out.put(octets.flip());
        out.position(out.position() + padding(length));
    }

    private static int padding(int length) {
        return -length & 3;
    }

    private static int number(Family family) {
        return switch (family) {
            case IPV4_UNICAST -> AF_INET;
            case IPV6_UNICAST -> AF_INET6;
        };
    }

    /** Reads a datagram; a message that is cut short ends it. */
    static List<Answer> answers(ByteBuffer in) {
        in.order(ByteOrder.nativeOrder());
        List<Answer> answers = new ArrayList<>();
        while (in.remaining() >= HEADER) {
            int start = in.position();
            int length = in.getInt(start);
            if (length < HEADER || length > in.remaining()) {
                return answers;
            }
            int type = in.getShort(start + 4) & 0xFFFF;
            ByteBuffer body = in.slice(start + HEADER, length - HEADER)
                    .order(ByteOrder.nativeOrder());
            answers.add(answer(type, body));
            in.position(Math.min(in.limit(), start + length + padding(length)));
        }
        return answers;
    }

    private static Answer answer(int type, ByteBuffer body) {
        return switch (type) {
            case ERROR -> body.remaining() < 4
                    ? new Answer.Other()
                    : new Answer.Ack(-body.getInt());
            case DONE -> new Answer.End();
            case NEW_ROUTE -> listed(body).<Answer>map(l -> l).orElse(new Answer.Other());
            default -> new Answer.Other();
        };
    }

    private static Optional<Answer.Listed> listed(ByteBuffer body) {
        if (body.remaining() < ROUTE_HEADER) {
            return Optional.empty();
        }
        Family family = body.get(0) == AF_INET ? Family.IPV4_UNICAST : Family.IPV6_UNICAST;
        int length = body.get(1) & 0xFF;
        int protocol = body.get(5) & 0xFF;
        int table = body.get(4) & 0xFF;
        Address destination = family == Family.IPV4_UNICAST ? Address.v4(0) : Address.v6(0, 0);
        Optional<Address> gateway = Optional.empty();
        body.position(ROUTE_HEADER);
        while (body.remaining() >= 4) {
            int size = body.getShort(body.position()) & 0xFFFF;
            int type = body.getShort(body.position() + 2) & 0xFFFF;
            if (size < 4 || size > body.remaining()) {
                break;
            }
            ByteBuffer value = body.slice(body.position() + 4, size - 4)
                    .order(ByteOrder.nativeOrder());
            switch (type) {
                case DST -> destination = address(value);
                case GATEWAY -> gateway = Optional.of(address(value));
                case VIA -> gateway = Optional.of(address(value.slice(2, value.limit() - 2)));
                case TABLE -> table = value.getInt();
                default -> {
                    // metrics, interfaces...: not ours to know
                }
            }
            body.position(Math.min(body.limit(), body.position() + size + padding(size)));
        }
        Prefix prefix = new Prefix(destination, length);
        int where = table;
        return gateway.map(g -> new Answer.Listed(new KernelRoute(prefix, g), protocol, where));
    }

    private static Address address(ByteBuffer value) {
        byte[] octets = new byte[value.remaining()];
        value.get(octets);
        return Address.of(octets);
    }
}
