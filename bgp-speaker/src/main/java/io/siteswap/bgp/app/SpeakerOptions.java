package io.siteswap.bgp.app;

import io.siteswap.bgp.bmp.BmpOptions;
import io.siteswap.bgp.kernel.KernelOptions;
import io.siteswap.bgp.rib.PrefixFilter;
import io.siteswap.bgp.rtr.RtrOptions;
import io.siteswap.bgp.wire.Prefix;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a speaker does beside its sessions.
 *
 * @param ranges neighbours that connect from these prefixes
 * @param kernel absent: received routes stay out of the kernel's table
 * @param rtr absent: the RPKI is not asked
 * @param bmp absent: no collector is told anything
 * @param mrt absent: nothing is recorded
 */
public record SpeakerOptions(List<Range> ranges, FlapLimit flaps, Optional<Kernel> kernel,
        Optional<Rtr> rtr, Optional<BmpOptions> bmp, Optional<Mrt> mrt) {

    public static final SpeakerOptions DEFAULTS = new SpeakerOptions(List.of(),
            FlapLimit.DEFAULT, Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty());

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

    /** @param ownInvalid what happens while one of our own prefixes is invalid */
    public record Rtr(RtrOptions options, OwnInvalid ownInvalid) {
    }

    /** RFC 6811 leaves to the operator what an invalid route means. */
    public enum OwnInvalid {
        /** It is said loudly. */
        WARN,
        /** Stances that would announce it are refused, too. */
        REFUSE
    }

    /**
     * @param updates every message and change of state is recorded
     * @param tableEvery a dump of the table this often; absent: never
     * @param rotateEvery an updates file covers so much time
     * @param keep so many files of a kind, the oldest goes first
     */
    public record Mrt(Path folder, boolean updates, Optional<Duration> tableEvery,
            Duration rotateEvery, int keep) {

        public static final Duration ROTATE_EVERY = Duration.ofMinutes(15);
        public static final int KEEP = 48;

        /** @throws IllegalArgumentException with a sentence */
        public Mrt {
            if (keep < 1) {
                throw new IllegalArgumentException("At least one MRT file has to be kept.");
            }
            if (!updates && tableEvery.isEmpty()) {
                throw new IllegalArgumentException("MRT files of neither messages nor tables"
                        + " would be empty: set table-every or updates.");
            }
        }

        /** Messages, no tables. */
        public static Mrt of(Path folder) {
            return new Mrt(folder, true, Optional.empty(), ROTATE_EVERY, KEEP);
        }

        public Mrt withTableEvery(Duration period) {
            return new Mrt(folder, updates, Optional.of(period), rotateEvery, keep);
        }
    }

    public SpeakerOptions withRanges(List<Range> others) {
        return new SpeakerOptions(others, flaps, kernel, rtr, bmp, mrt);
    }

    public SpeakerOptions withFlaps(FlapLimit other) {
        return new SpeakerOptions(ranges, other, kernel, rtr, bmp, mrt);
    }

    public SpeakerOptions withKernel(Kernel other) {
        return new SpeakerOptions(ranges, flaps, Optional.of(other), rtr, bmp, mrt);
    }

    public SpeakerOptions withRtr(Rtr other) {
        return new SpeakerOptions(ranges, flaps, kernel, Optional.of(other), bmp, mrt);
    }

    public SpeakerOptions withBmp(BmpOptions other) {
        return new SpeakerOptions(ranges, flaps, kernel, rtr, Optional.of(other), mrt);
    }

    public SpeakerOptions withMrt(Mrt other) {
        return new SpeakerOptions(ranges, flaps, kernel, rtr, bmp, Optional.of(other));
    }
}
