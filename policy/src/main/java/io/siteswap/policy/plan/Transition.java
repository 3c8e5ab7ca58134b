package io.siteswap.policy.plan;

import java.util.List;

/**
 * The ordered graph of steps that carries a decision out. Steps are listed in an order that
 * respects {@link Step#after}.
 */
public record Transition(String service, Decision.Kind kind, String from, String to,
        List<Step> steps) {

    public Transition {
        steps = List.copyOf(steps);
    }
}
