package io.siteswap.bgp.app;

import io.siteswap.bgp.kernel.KernelRoute;
import io.siteswap.bgp.kernel.KernelTable;
import io.siteswap.bgp.rib.BestPath.Choice;
import io.siteswap.bgp.rib.PrefixFilter;
import io.siteswap.bgp.rib.Route;
import io.siteswap.bgp.wire.Prefix;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes the best routes that the operator wants there on to the kernel. */
final class KernelFeed {

    private static final Logger LOG = LoggerFactory.getLogger(KernelFeed.class);
    /** By then the neighbours have told their tables again after a restart of ours. */
    static final Duration SETTLE = Duration.ofMinutes(2);

    private final PrefixFilter filter;
    private final KernelTable table;

    private KernelFeed(PrefixFilter filter, KernelTable table) {
        this.filter = filter;
        this.table = table;
    }

    /** @throws IOException with one sentence for the operator */
    static KernelFeed start(SpeakerOptions.Kernel options) throws IOException {
        return new KernelFeed(options.filter(),
                KernelTable.start(options.options(), LOG::warn));
    }

    PrefixFilter filter() {
        return filter;
    }

    void best(Prefix prefix, Optional<Choice> choice) {
        if (filter.accepts(prefix)) {
            // A link-local gateway would need its interface.
            choice.map(Choice::best).flatMap(Route::nextHop)
                    .filter(hop -> !hop.isLinkLocal()).ifPresentOrElse(
                            hop -> table.put(new KernelRoute(prefix, hop)),
                            () -> table.remove(prefix));
        }
    }

    void settle() {
        table.settle();
    }

    /** @param keep the next run finds the routes where they are */
    void end(boolean keep) {
        if (keep) {
            table.abandon();
        } else {
            table.close();
        }
    }
}
