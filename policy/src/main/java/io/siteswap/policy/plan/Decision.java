package io.siteswap.policy.plan;

import java.util.List;

/**
 * The result of one evaluation for one service.
 *
 * @param from holder before, empty when nobody holds the ticket
 * @param to holder wanted; equals {@code from} unless the kind is a move
 * @param reasons one sentence each, the deciding one first
 */
public record Decision(String service, Kind kind, String from, String to, List<String> reasons) {

    /** What was decided. */
    public enum Kind {
        /** The holder keeps the service. */
        STAY,
        /** The service moves because its holder lost. The old site may be unreachable. */
        FAILOVER,
        /** The service moves because an operator asked; nothing is lost, the old site helps. */
        SWITCHOVER,
        /**
         * The holder gets its own service back under a new epoch, after it released or fenced
         * itself while nobody else was granted. Decided by the leader, never by policy.
         */
        RESTORE,
        /** A move would be right but is held; the reasons say by what. */
        HELD,
        /** An operator's request is refused; the reasons say why. */
        REFUSED
    }

    public Decision {
        reasons = List.copyOf(reasons);
    }

    public boolean moves() {
        return kind == Kind.FAILOVER || kind == Kind.SWITCHOVER;
    }
}
