package io.siteswap.bgp.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The attributes of a route, ordered by type, at most one of each. */
public record Attributes(List<Attribute> list) {

    public static final Attributes NONE = new Attributes(List.of());

    public Attributes {
        list = sorted(list) ? List.copyOf(list) : List.copyOf(sort(list));
    }

    /** The usual case: senders order attributes by type (RFC 4271 section 5). */
    private static boolean sorted(List<Attribute> list) {
        for (int i = 1; i < list.size(); i++) {
            if (list.get(i - 1).type() > list.get(i).type()) {
                return false;
            }
        }
        return true;
    }

    private static List<Attribute> sort(List<Attribute> list) {
        List<Attribute> sorted = new ArrayList<>(list);
        sorted.sort(Comparator.comparingInt(Attribute::type));
        return sorted;
    }

    public static Attributes of(Attribute... attributes) {
        return new Attributes(List.of(attributes));
    }

    public <A extends Attribute> Optional<A> find(Class<A> kind) {
        for (Attribute attribute : list) {
            if (kind.isInstance(attribute)) {
                return Optional.of(kind.cast(attribute));
            }
        }
        return Optional.empty();
    }

    /** Without the attributes of this kind. */
    public Attributes without(Class<? extends Attribute> kind) {
        return find(kind).isEmpty()
                ? this
                : new Attributes(list.stream().filter(a -> !kind.isInstance(a)).toList());
    }

    /** With this one in the place of any of its type. */
    public Attributes with(Attribute attribute) {
        List<Attribute> others = new ArrayList<>(
                list.stream().filter(a -> a.type() != attribute.type()).toList());
        others.add(attribute);
        return new Attributes(others);
    }
}
