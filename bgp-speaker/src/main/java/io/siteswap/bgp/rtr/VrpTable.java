package io.siteswap.bgp.rtr;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All validated payloads, never changed: three sorted longs each, 24 octets. A question costs one
 * binary search per prefix length that occurs.
 */
public final class VrpTable {

    public static final VrpTable EMPTY = new VrpTable(
            Map.of(Family.IPV4_UNICAST, VrpArray.EMPTY, Family.IPV6_UNICAST, VrpArray.EMPTY));

    /** For a route without an origin, e.g. one that ends in a set (RFC 6811 section 2). */
    public static final long NO_ORIGIN = -1;

    private final Map<Family, VrpArray> arrays = new EnumMap<>(Family.class);
    private final Map<Family, BitSet> lengths = new EnumMap<>(Family.class);

    private VrpTable(Map<Family, VrpArray> arrays) {
        this.arrays.putAll(arrays);
        arrays.forEach((family, array) -> {
            BitSet present = new BitSet();
            for (int i = 0; i < array.size(); i++) {
                present.set(array.length(i));
            }
            lengths.put(family, present);
        });
    }

    /** Outcome of applying what a cache sent. */
    public sealed interface Applied {

        record Ok(VrpTable table) implements Applied {
        }

        /** RFC 8210 section 5.6: the cache and we no longer agree. */
        record Wrong(RtrError error, Vrp vrp) implements Applied {
        }
    }

    /** Everything in {@code changes} on top of this. */
    public Applied apply(List<Pdu.PrefixPdu> changes) {
        Map<Family, VrpArray> next = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            List<Pdu.PrefixPdu> ofFamily = changes.stream()
                    .filter(c -> c.vrp().prefix().family() == family).toList();
            switch (array(family).apply(ofFamily)) {
                case VrpArray.Merged.Ok(VrpArray array) -> next.put(family, array);
                case VrpArray.Merged.Wrong(RtrError error, Vrp vrp) -> {
                    return new Applied.Wrong(error, vrp);
                }
            }
        }
        return new Applied.Ok(new VrpTable(next));
    }

    private VrpArray array(Family family) {
        return arrays.getOrDefault(family, VrpArray.EMPTY);
    }

    public int size() {
        return arrays.values().stream().mapToInt(VrpArray::size).sum();
    }

    /** Memory it takes, but for a few hundred octets. */
    long octets() {
        return arrays.values().stream().mapToLong(VrpArray::octets).sum();
    }

    /**
     * RFC 6811 section 2.
     *
     * @param originAs or {@link #NO_ORIGIN}
     */
    public Validity validate(Prefix prefix, long originAs) {
        VrpArray array = array(prefix.family());
        BitSet present = lengths.getOrDefault(prefix.family(), new BitSet());
        Optional<Vrp> sameOrigin = Optional.empty();
        Optional<Vrp> nearest = Optional.empty();
        for (int length = present.nextSetBit(0); length >= 0
                && length <= prefix.length(); length = present.nextSetBit(length + 1)) {
            Address covering = new Prefix(prefix.address(), length).address();
            for (int i = array.first(covering, length); array.is(i, covering, length); i++) {
                Vrp vrp = array.get(prefix.family(), i);
                boolean origin = vrp.as() == originAs && originAs != 0;
                if (origin && prefix.length() <= vrp.maxLength()) {
                    return new Validity.Valid(vrp);
                }
                sameOrigin = origin ? Optional.of(vrp) : sameOrigin;
                nearest = Optional.of(vrp);
            }
        }
        if (sameOrigin.isPresent()) {
            return new Validity.Invalid(Validity.Reason.LENGTH, sameOrigin.get());
        }
        return nearest.<Validity>map(v -> new Validity.Invalid(Validity.Reason.ORIGIN, v))
                .orElse(new Validity.NotFound());
    }
}
