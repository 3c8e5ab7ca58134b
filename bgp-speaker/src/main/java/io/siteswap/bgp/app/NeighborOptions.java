package io.siteswap.bgp.app;

import io.siteswap.bgp.bfd.BfdOptions;
import io.siteswap.bgp.net.TcpOptions;
import io.siteswap.bgp.rib.ImportOptions;
import io.siteswap.bgp.session.SessionOptions;
import io.siteswap.bgp.speaker.ExportScope;
import java.util.Optional;

/** What may be different from one neighbour to the next; each part belongs to the room it names. */
public record NeighborOptions(TcpOptions tcp, SessionOptions session, Optional<BfdOptions> bfd,
        ImportOptions imports, ExportScope exports) {

    public static final NeighborOptions DEFAULTS = new NeighborOptions(TcpOptions.NONE,
            SessionOptions.DEFAULTS, Optional.empty(), ImportOptions.EVERYTHING,
            ExportScope.OWN);

    public NeighborOptions with(TcpOptions other) {
        return new NeighborOptions(other, session, bfd, imports, exports);
    }

    public NeighborOptions with(SessionOptions other) {
        return new NeighborOptions(tcp, other, bfd, imports, exports);
    }

    public NeighborOptions with(BfdOptions other) {
        return new NeighborOptions(tcp, session, Optional.of(other), imports, exports);
    }

    public NeighborOptions with(ImportOptions other) {
        return new NeighborOptions(tcp, session, bfd, other, exports);
    }

    public NeighborOptions with(ExportScope other) {
        return new NeighborOptions(tcp, session, bfd, imports, other);
    }
}
