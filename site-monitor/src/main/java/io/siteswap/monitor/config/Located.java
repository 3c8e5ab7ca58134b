package io.siteswap.monitor.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A piece of a YAML file that knows where it stands. */
sealed interface Located {
    Place at();

    /** Line and column, both from 1. */
    record Place(int line, int column) {
    }

    /**
     * @param type what YAML's core schema makes of it
     */
    record Scalar(Place at, String text, Type type) implements Located {
        enum Type {
            TEXT, INTEGER, DECIMAL, BOOLEAN, NULL
        }
    }

    record Items(Place at, List<Located> items) implements Located {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** @param fields in the order of the file */
    record Fields(Place at, Map<String, Field> fields) implements Located {
    }

    /** @param key where the key stands */
    record Field(Place key, Located value) {
    }

    /** The field of that name; empty when absent or when this is no block of fields. */
    default Optional<Field> field(String name) {
        return this instanceof Fields block
                ? Optional.ofNullable(block.fields().get(name))
                : Optional.empty();
    }

    /** The value of that field. */
    default Optional<Located> get(String name) {
        return field(name).map(Field::value);
    }

    /** The field's value as written, when it is a scalar that says something. */
    default Optional<Scalar> scalar(String name) {
        return get(name).filter(Scalar.class::isInstance).map(Scalar.class::cast)
                .filter(s -> s.type() != Scalar.Type.NULL);
    }

    /** The field's value as written. */
    default Optional<String> text(String name) {
        return scalar(name).map(Scalar::text);
    }

    /** The named fields of that field; empty when absent or of another shape. */
    default Map<String, Field> fields(String name) {
        return get(name).map(Located::fields).orElse(Map.of());
    }

    /** The fields of this; empty when it is of another shape. */
    default Map<String, Field> fields() {
        return Map.of();
    }

    /** The items of that field; empty when absent or of another shape. */
    default List<Located> items(String name) {
        return get(name).filter(Items.class::isInstance).map(Items.class::cast).map(Items::items)
                .orElse(List.of());
    }

    /** The scalars of that list. */
    default List<Scalar> scalars(String name) {
        return items(name).stream().filter(Scalar.class::isInstance).map(Scalar.class::cast)
                .toList();
    }
}
