package io.siteswap.policy.engine;

import java.util.List;
import java.util.stream.Collectors;

/** Rule files were refused; nothing of them was loaded. The message has a line per problem. */
public final class BadRules extends RuntimeException {

    private final List<Problem> problems;

    BadRules(List<Problem> problems) {
        super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
