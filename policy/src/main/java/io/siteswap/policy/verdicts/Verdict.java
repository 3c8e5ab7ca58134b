package io.siteswap.policy.verdicts;

/** Anything that policy may say. Every verdict carries the sentence that explains it. */
public sealed interface Verdict {

    /** One full sentence for a human: what was seen and what follows. */
    String reason();

    /** The site is lost: on two independent signals it neither lives nor serves (rule 6). */
    record SiteLost(String site, String reason) implements Verdict {
    }

    /**
     * A score for a site as holder of a service. Scores of a site add up; {@link #INFINITY} and
     * {@link #MINUS_INFINITY} absorb as in Pacemaker (minus wins over plus).
     *
     * @param ruleName the rule that says so, if an operator may override it, else empty
     */
    record Score(String service, String site, int value, String reason,
            String ruleName) implements Verdict {
        public static final int INFINITY = 1_000_000;
        public static final int MINUS_INFINITY = -INFINITY;

        /** A score that nobody overrides. */
        public Score(String service, String site, int value, String reason) {
            this(service, site, value, reason, "");
        }
    }

    /** The stance that the site's speaker should take for the service, a rung of the ladder. */
    record Stance(String service, String site, String rung, String reason) implements Verdict {
    }

    /** Automatic moves of the service wait. */
    record Hold(String service, String reason) implements Verdict {
    }

    /**
     * The operator's move request is refused.
     *
     * @param ruleName the rule that says so, if an operator may override it, else empty
     */
    record Refuse(String service, String site, String reason,
            String ruleName) implements Verdict {

        /** A refusal that nobody overrides. */
        public Refuse(String service, String site, String reason) {
            this(service, site, reason, "");
        }
    }

    /** A person should look. */
    record Alarm(String service, String reason) implements Verdict {
    }
}
