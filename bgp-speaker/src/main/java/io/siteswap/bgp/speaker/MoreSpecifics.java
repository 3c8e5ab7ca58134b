package io.siteswap.bgp.speaker;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Prefix;
import java.util.ArrayList;
import java.util.List;

/**
 * Longer prefixes announced beside an own one. Off unless somebody asks: they draw traffic from
 * everywhere at once whatever the path looks like, but cost a slot in every router of the Internet
 * for each, are refused beyond /24 and /48 and without a ROA that allows their length, and when
 * only one site announces them, prepends on the other rungs no longer move anything.
 *
 * @param lengths every prefix of these lengths inside the own one
 * @param prefixes the ones inside the own one
 */
public record MoreSpecifics(List<Integer> lengths, List<Prefix> prefixes) {

    public static final MoreSpecifics NONE = new MoreSpecifics(List.of(), List.of());

    /** Of one own prefix: a slip of the pen must not fill the routers of the world. */
    public static final int MAX = 256;

    public MoreSpecifics {
        lengths = List.copyOf(lengths);
        prefixes = List.copyOf(prefixes);
    }

    /** At most {@link #MAX}; lengths that would make more are left out. */
    public List<Prefix> of(Prefix own) {
        List<Prefix> all = new ArrayList<>();
        for (Prefix prefix : prefixes) {
            if (prefix.length() > own.length() && prefix.family() == own.family()
                    && new Prefix(prefix.address(), own.length()).equals(own)) {
                all.add(prefix);
            }
        }
        for (int length : lengths) {
            int bits = length - own.length();
            boolean possible = bits > 0 && bits <= 8 && length <= own.family().bits();
            for (int i = 0; possible && i < 1 << bits; i++) {
                all.add(nth(own, length, i));
            }
        }
        return all.size() <= MAX ? all : all.subList(0, MAX);
    }

    private static Prefix nth(Prefix own, int length, long number) {
        Address address = own.address();
        // The number stands in the bits that end at the length, perhaps across both halves.
        long high = length <= 64
                ? number << (64 - length)
                : length == 128 ? 0 : number >>> (length - 64);
        long low = length <= 64 ? 0 : number << (128 - length);
        return new Prefix(new Address(own.family(), address.high() | high, address.low() | low),
                length);
    }
}
