package io.siteswap.bgp.app;

import io.siteswap.bgp.kernel.KernelOptions;
import io.siteswap.bgp.rib.PrefixFilter;
import io.siteswap.bgp.wire.Prefix;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a speaker does beside its sessions.
 *
 * @param ranges neighbours that connect from these prefixes
 * @param kernel absent: received routes stay out of the kernel's table
 */
public record SpeakerOptions(List<Range> ranges, FlapLimit flaps, Optional<Kernel> kernel) {

    public static final SpeakerOptions DEFAULTS = new SpeakerOptions(List.of(),
            FlapLimit.DEFAULT, Optional.empty());

    public SpeakerOptions {
        ranges = List.copyOf(ranges);
    }

    /**
     * @param prefix in CIDR notation
     * @param as for the sessions of a range with one AS; others say theirs in the options
     * @param limit so many at once
     */
    public record Range(String name, String prefix, long as, int limit,
            Optional<String> nextHop, NeighborOptions options) {

        public Range {
            Prefix.parse(prefix);
        }
    }

    /** At most so many changes of one prefix's rung within this time. */
    public record FlapLimit(int changes, Duration within) {

        /** A failover is two changes at each site; nobody needs six of them in ten minutes. */
        public static final FlapLimit DEFAULT = new FlapLimit(12, Duration.ofMinutes(10));
    }

    /** @param filter which best routes are installed */
    public record Kernel(PrefixFilter filter, KernelOptions options) {
    }

    public SpeakerOptions withRanges(List<Range> others) {
        return new SpeakerOptions(others, flaps, kernel);
    }

    public SpeakerOptions withFlaps(FlapLimit other) {
        return new SpeakerOptions(ranges, other, kernel);
    }

    public SpeakerOptions withKernel(Kernel other) {
        return new SpeakerOptions(ranges, flaps, Optional.of(other));
    }
}
