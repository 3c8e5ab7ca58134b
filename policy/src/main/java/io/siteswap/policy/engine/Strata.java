package io.siteswap.policy.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Orders rules so that a rule which asks for the absence of a verdict fires after every rule that
 * could give it. Without this order the outcome would depend on chance; with it, rules need no
 * salience.
 */
final class Strata {

    /**
     * What matters of a rule here, in kinds of verdicts.
     *
     * @param says kinds it gives
     * @param reads kinds whose presence it asks for
     * @param denies kinds whose absence it asks for
     */
    record Dependencies(Set<String> says, Set<String> reads, Set<String> denies) {
    }

    private final Map<String, Integer> levels = new HashMap<>();

    private Strata() {
    }

    /** Empty when some rule depends on the absence of what it, or a rule behind it, may say. */
    static Optional<Strata> of(List<Dependencies> rules) {
        Strata strata = new Strata();
        Set<String> kinds = new HashSet<>();
        rules.forEach(rule -> kinds.addAll(rule.says()));
        // Levels only grow, and without a cycle none can exceed the number of kinds.
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Dependencies rule : rules) {
                int level = strata.level(rule);
                if (level > kinds.size()) {
                    return Optional.empty();
                }
                for (String kind : rule.says()) {
                    if (strata.levels.getOrDefault(kind, 0) < level) {
                        strata.levels.put(kind, level);
                        changed = true;
                    }
                }
            }
        }
        return Optional.of(strata);
    }

    /** 0 fires first. */
    int level(Dependencies rule) {
        int level = 0;
        for (String kind : rule.says()) {
            level = Math.max(level, levels.getOrDefault(kind, 0));
        }
        for (String kind : rule.reads()) {
            level = Math.max(level, levels.getOrDefault(kind, 0));
        }
        for (String kind : rule.denies()) {
            level = Math.max(level, levels.getOrDefault(kind, 0) + 1);
        }
        return level;
    }
}
