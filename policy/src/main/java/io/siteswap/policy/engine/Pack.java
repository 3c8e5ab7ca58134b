package io.siteswap.policy.engine;

/** Where a rule stands, weakest first: what a stance said by it weighs against others. */
enum Pack {
    SHIPPED, ADDED, SAFETY;

    static final String SHIPPED_PACKAGE = "io.siteswap.policy.rules";

    private static final String SAFETY_PACKAGE = SHIPPED_PACKAGE + ".safety";

    static Pack ofPackage(String name) {
        if (name.equals(SAFETY_PACKAGE)) {
            return SAFETY;
        }
        return name.startsWith(SHIPPED_PACKAGE + ".") ? SHIPPED : ADDED;
    }
}
