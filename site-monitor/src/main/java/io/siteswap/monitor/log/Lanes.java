package io.siteswap.monitor.log;

import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A monitor's proposals in two queues: renewals never wait behind anything, a site lives by them. */
public final class Lanes implements AutoCloseable {

    private final Lane renewals;
    private final Lane others;

    /** @param patience until a proposal without an answer fails */
    public Lanes(Lane.Sender renewals, Lane.Sender others, Duration patience) {
        this.renewals = new Lane("renewals", renewals, patience);
        this.others = new Lane("proposals", others, patience);
    }

    /** Completes with the reply, or exceptionally within the patience. */
    public CompletableFuture<Reply> propose(Command command) {
        return (command instanceof Command.Renew ? renewals : others).propose(command);
    }

    @Override
    public void close() {
        renewals.close();
        others.close();
    }
}
