package io.siteswap.policy.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Loads rule packs: the shipped ones and the files that a user adds. */
public final class RulePacks {

    /** The default ladder of stances, best first. */
    public static final List<String> LADDER = List.of("best", "normal", "backup", "drain",
            "withdrawn");

    private static final List<String> SHIPPED = List.of("sites.drl", "anycast.drl", "safety.drl");

    private RulePacks() {
    }

    /** The shipped packs with {@code extra} files on top, for the default ladder. */
    public static Engine load(List<Path> extra) {
        return load(extra, LADDER);
    }

    /**
     * The shipped packs with {@code extra} files on top. Takes about two seconds on a cold JVM.
     *
     * @param ladder names of the rungs, best first
     * @throws BadRules when a file is refused; then nothing is loaded
     */
    public static Engine load(List<Path> extra, List<String> ladder) {
        List<RuleSource> sources = new ArrayList<>();
        SHIPPED.forEach(name -> sources.add(RuleSource.shipped(name)));
        List<Problem> problems = new ArrayList<>();
        for (Path path : extra) {
            try {
                sources.add(RuleSource.read(path));
            } catch (IOException e) {
                problems.add(new Problem(path.toString(), 0, 0,
                        String.valueOf(e.getMessage())));
            }
        }
        if (!problems.isEmpty()) {
            throw new BadRules(problems);
        }
        return new Engine(new Compilation(sources, ladder).compile(), ladder);
    }
}
