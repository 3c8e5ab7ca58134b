package io.siteswap.bgp.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a neighbour's {@link TcpOptions} on sockets, and says in a sentence what the machine
 * cannot do: a session without its protection must not come up.
 */
final class Sockets {

    private static final int SOL_SOCKET = 1;
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_IPV6 = 41;

    private static final ChannelOption<Integer> IP_TTL = new IntegerUnixChannelOption("IP_TTL",
            IPPROTO_IP, 2);
    private static final ChannelOption<Integer> IP_MINTTL = new IntegerUnixChannelOption(
            "IP_MINTTL", IPPROTO_IP, 21);
    private static final ChannelOption<Integer> IPV6_UNICAST_HOPS = new IntegerUnixChannelOption(
            "IPV6_UNICAST_HOPS", IPPROTO_IPV6, 16);
    private static final ChannelOption<Integer> IPV6_MINHOPCOUNT = new IntegerUnixChannelOption(
            "IPV6_MINHOPCOUNT", IPPROTO_IPV6, 73);
    private static final ChannelOption<Integer> TCP_AO_INFO = new IntegerUnixChannelOption(
            "TCP_AO_INFO", IPPROTO_TCP, 40);

    /** An interface name and its end (IFNAMSIZ). */
    private static final int DEVICE_NAME = 16;
    private static final ChannelOption<ByteBuffer> SO_BINDTODEVICE = new RawUnixChannelOption(
            "SO_BINDTODEVICE", SOL_SOCKET, 25, DEVICE_NAME);

    private static final int MAX_TTL = 255;

    private Sockets() {
    }

    static SocketProtocolFamily family(InetAddress address) {
        return address instanceof Inet4Address
                ? SocketProtocolFamily.INET
                : SocketProtocolFamily.INET6;
    }

    /** A socket to connect to this neighbour with. */
    static EpollSocketChannel outgoing(NeighborAddress neighbor, boolean external) {
        InetAddress remote = neighbor.remote().getAddress();
        EpollSocketChannel channel = new EpollSocketChannel(family(remote));
        try {
            neighbor.tcp().password().ifPresent(password -> set(channel,
                    EpollChannelOption.TCP_MD5SIG, Map.of(remote, key(password)),
                    "The TCP MD5 password"));
            common(channel, neighbor, external);
            return channel;
        } catch (ChannelException e) {
            channel.unsafe().closeForcibly();
            throw e;
        }
    }

    /** On a connection that the neighbour opened; its signature was checked by the listener's. */
    static void incoming(Channel channel, NeighborAddress neighbor, boolean external) {
        common(channel, neighbor, external);
    }

    private static void common(Channel channel, NeighborAddress neighbor, boolean external) {
        TcpOptions options = neighbor.tcp();
        InetAddress remote = neighbor.remote().getAddress();
        boolean v4 = remote instanceof Inet4Address;
        options.ttlSecurity().ifPresent(hops -> {
            set(channel, v4 ? IP_TTL : IPV6_UNICAST_HOPS, MAX_TTL, "TTL security");
            set(channel, v4 ? IP_MINTTL : IPV6_MINHOPCOUNT, MAX_TTL + 1 - hops, "TTL security");
        });
        ttl(options, remote, external)
                .ifPresent(ttl -> set(channel, v4 ? IP_TTL : IPV6_UNICAST_HOPS, ttl, "The TTL"));
        options.device().ifPresent(
                name -> set(channel, SO_BINDTODEVICE, device(name), "Device " + name));
        if (options.ao().isPresent()) {
            throw new ChannelException(aoMissing(channel));
        }
    }

    private static Optional<Integer> ttl(TcpOptions options, InetAddress remote,
            boolean external) {
        if (options.multihop().isPresent() || options.ttlSecurity().isPresent()) {
            return options.multihop();
        }
        return external && !remote.isLoopbackAddress() ? Optional.of(1) : Optional.empty();
    }

    /** SYN-ACKs come from the listener: a neighbour with TTL security drops them below 255. */
    static void listener(Channel channel, boolean v4) {
        set(channel, v4 ? IP_TTL : IPV6_UNICAST_HOPS, MAX_TTL, "TTL security");
    }

    static void passwords(Channel listener, Map<InetAddress, byte[]> keys) {
        set(listener, EpollChannelOption.TCP_MD5SIG, keys, "The TCP MD5 passwords");
    }

    static byte[] key(String password) {
        return password.getBytes(StandardCharsets.UTF_8);
    }

    /** What this machine's NIO sockets cannot do for the neighbour; empty: nothing is asked. */
    static Optional<String> needsEpoll(NeighborAddress neighbor) {
        TcpOptions options = neighbor.tcp();
        boolean needed = options.password().isPresent() || options.ao().isPresent()
                || options.ttlSecurity().isPresent() || options.multihop().isPresent()
                || options.device().isPresent();
        return needed
                ? Optional.of("Neighbour " + neighbor.name() + " needs TCP MD5, TTL security,"
                        + " multihop or a device, which take the native epoll library: it could"
                        + " not be loaded on this machine.")
                : Optional.empty();
    }

    private static String aoMissing(Channel channel) {
        return kernelHasAo(channel)
                ? "TCP-AO is configured and this kernel has it, but keys are not installed by"
                        + " this version: use a TCP MD5 password or TTL security."
                : "TCP-AO is configured, but this kernel is built without it"
                        + " (CONFIG_TCP_AO): use a TCP MD5 password or another kernel.";
    }

    /** Without keys an existing option is refused too, but not as unknown. */
    static boolean kernelHasAo(Channel channel) {
        try {
            Integer _ = channel.config().getOption(TCP_AO_INFO);
            return true;
        } catch (ChannelException e) {
            return !String.valueOf(e.getMessage()).contains("Protocol not available");
        }
    }

    private static ByteBuffer device(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length >= DEVICE_NAME) {
            throw new ChannelException("The device name '" + name + "' is too long.");
        }
        return ByteBuffer.allocateDirect(DEVICE_NAME).put(bytes).rewind();
    }

    private static <T> void set(Channel channel, ChannelOption<T> option, T value, String what) {
        ChannelConfig config = channel.config();
        try {
            if (!config.setOption(option, value)) {
                throw new ChannelException(what + " cannot be set on this kind of socket.");
            }
        } catch (ChannelException e) {
            throw new ChannelException(what + " cannot be set: " + e.getMessage(), e);
        }
    }
}
