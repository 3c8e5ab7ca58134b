package io.siteswap.monitor.api;

import io.siteswap.monitor.failover.Evaluation;
import io.siteswap.monitor.failover.Node;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Membership;
import io.siteswap.monitor.quorum.Reply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The running monitor as the API needs it. Calls return at once unless they say more, from any thread. */
public interface Monitor {

    String name();

    String site();

    /** What the configuration lacks of a quorum, a sentence each; empty when it has one. */
    List<String> unsafe();

    /** What this monitor knows now. */
    Node node();

    /** The node that leads, empty when none is known. */
    String leader();

    /** This node leads, is ready, and has its rules loaded. */
    boolean leading();

    /** Remaining lease of a service at this site in ms; empty when it holds none. */
    Optional<Long> leaseMillis(String service);

    /** What policy says about the facts that this node knows; empty until rules are loaded. */
    Optional<Evaluation> evaluation();

    CompletableFuture<Reply> propose(Command command);

    /**
     * Who votes, beside who should by the file on this node's disk as it is now; takes a second.
     *
     * @throws Membership.Refused nobody votes here, or the file is not usable
     */
    Membership.Roster members() throws Membership.Refused;

    /**
     * Makes those vote that should by the file on this node's disk as it is now, and waits.
     *
     * @return one sentence: what was done
     */
    String changeMembers(String operator) throws Membership.Refused;

    Bulletins bulletins();
}
