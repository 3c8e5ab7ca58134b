package io.siteswap.policy.facts;

/** Health of one thing as one observer sees it, after hysteresis. */
public enum Health {
    /** Enough good observations in a row. */
    UP,
    /** Enough bad observations in a row. */
    DOWN,
    /** Not yet observed often enough; policy treats it as neither good nor bad. */
    UNKNOWN
}
