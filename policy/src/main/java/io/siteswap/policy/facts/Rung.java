package io.siteswap.policy.facts;

/**
 * A rung of the ladder of stances. The engine itself adds one for each, so that rules can compare
 * stances; it is not reported by any site.
 *
 * @param position 0 for the best announcement; a higher one attracts less traffic
 */
public record Rung(String name, int position) {
}
