package io.siteswap.bgp.net;

import io.netty.channel.ChannelException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

/** Turns what the network stack throws into words for a log line. */
final class Reasons {

    private Reasons() {
    }

    static String of(Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        return switch (cause) {
            // A sentence of ours; the caller ends it.
            case ChannelException _ when text.endsWith(".") -> text.substring(0,
                    text.length() - 1);
            case UnknownHostException _ -> "its name is unknown";
            case NoRouteToHostException _ -> "there is no route to it";
            case BindException _ -> "the local address cannot be used (" + text + ")";
            case ConnectException _ when text.contains("refused") -> "nothing listens there";
            case ConnectException _ when text.contains("timed out") -> "it does not answer";
            case ConnectException _ when text.contains("unreachable") -> "it cannot be reached";
            case Throwable _ when text.contains("reset") -> "the neighbour reset it";
            case Throwable _ -> text;
        };
    }
}
