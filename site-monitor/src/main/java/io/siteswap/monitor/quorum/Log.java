package io.siteswap.monitor.quorum;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The port to the replicated log: Raft, a shared database or a single node stands behind it. */
public interface Log extends AutoCloseable {

    /**
     * Proposes a command from any monitor; completes with the reply once a majority has committed
     * it, or exceptionally when that could not be had in time (it may still be committed later).
     */
    CompletableFuture<Reply> propose(Command command);

    /** What this replica knows now. */
    ClusterState state();

    /** The node that leads, as far as this replica knows; empty when it knows none. */
    String leader();

    /**
     * From now on this member may lead. Before, it votes and proposes like any other, but whoever is
     * ready leads; a ready arbiter before all others.
     */
    void ready();

    /** Who votes; absent where no members vote: a shared database has the log. */
    default Optional<Membership> membership() {
        return Optional.empty();
    }

    @Override
    void close();

    /** Told, in order and on one thread, what is committed and who leads. */
    interface Listener {
        void applied(Command command, Reply reply, ClusterState state);

        /** @param leading this node has become, or is no longer, a leader; never before it is ready */
        void leadership(boolean leading);

        /** This replica cannot go on, e.g. its disk is full; the process should end. */
        void failed(String why);

        /** Who votes has changed, or somebody tried to change it; one sentence. */
        default void members(String news) {
        }
    }
}
