package io.siteswap.bgp.wire;

import java.util.List;
import java.util.Optional;

/**
 * OPEN (RFC 4271 section 4.2).
 *
 * @param as2 the 2-octet field: AS_TRANS when the AS number does not fit
 * @param routerId BGP identifier
 */
public record Open(int version, int as2, int holdSeconds, Address routerId,
        List<Capability> capabilities) implements Message {

    public static final int TYPE = 1;
    public static final int AS_TRANS = 23456;

    public Open {
        capabilities = List.copyOf(capabilities);
    }

    /** Version 4; adds nothing to the capabilities. */
    public static Open of(long as, int holdSeconds, Address routerId,
            List<Capability> capabilities) {
        return new Open(4, as > 0xFFFF ? AS_TRANS : (int) as, holdSeconds, routerId,
                capabilities);
    }

    /** From the 4-octet capability when it is there (RFC 6793 section 4.1). */
    public long as() {
        return find(Capability.FourOctetAs.class).map(Capability.FourOctetAs::as)
                .orElse((long) as2);
    }

    public <C extends Capability> Optional<C> find(Class<C> kind) {
        return capabilities.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /**
     * Where a repetition takes the place of what was said before, as in graceful restart (RFC 4724
     * section 3).
     */
    public <C extends Capability> Optional<C> findLast(Class<C> kind) {
        return capabilities.stream().filter(kind::isInstance).map(kind::cast)
                .reduce((_, later) -> later);
    }

    /** Where each adds to the others, as the families do. */
    public <C extends Capability> List<C> findAll(Class<C> kind) {
        return capabilities.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public int type() {
        return TYPE;
    }
}
