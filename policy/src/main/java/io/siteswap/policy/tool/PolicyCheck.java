package io.siteswap.policy.tool;

import io.siteswap.policy.engine.BadRules;
import io.siteswap.policy.engine.Problem;
import io.siteswap.policy.engine.RulePacks;
import java.nio.file.Path;
import java.util.List;

/** Checks a rule file exactly as a monitor would load it. */
public final class PolicyCheck {

    private PolicyCheck() {
    }

    /** What is wrong with {@code file} beside the shipped packs; empty when it would load. */
    public static List<Problem> check(Path file) {
        return check(List.of(file), RulePacks.LADDER);
    }

    /** The same for all added files of a configuration, with its ladder. */
    public static List<Problem> check(List<Path> files, List<String> ladder) {
        try {
            RulePacks.load(files, ladder);
            return List.of();
        } catch (BadRules e) {
            return e.problems();
        }
    }
}
