package io.siteswap.monitor.config;

import io.siteswap.monitor.config.Located.Field;
import io.siteswap.monitor.config.Located.Place;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A password stands in the configuration or in a file of its own. */
final class Passwords {

    private Passwords() {
    }

    /** Not in both. */
    static void once(Field block, String key, BiConsumer<Place, String> problems) {
        Optional<Field> second = block.value().field(key + "-file");
        if (block.value().field(key).isPresent() && second.isPresent()) {
            problems.accept(second.get().key(), "both '" + key + "' and '" + key
                    + "-file' are here (expected one of them)");
        }
    }

    /** In one of them. */
    static void required(Field block, String key, BiConsumer<Place, String> problems) {
        if (block.value().field(key).isEmpty() && block.value().field(key + "-file").isEmpty()) {
            problems.accept(block.key(), "key '" + key + "' is missing (expected '" + key
                    + "' or '" + key + "-file')");
        }
    }
}
