package io.siteswap.bgp.interop;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/**
 * A daemon of a Debian package.
 *
 * @param name for people
 */
record Program(String name, String debianPackage, String file, String versionOption) {

    /** Skips the test, saying why, where it cannot be run. */
    void assumeUsable() {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")),
                name + " is run privately here, which needs root");
        Assumptions.assumeTrue(installed(),
                name + " is not installed: apt-get install " + debianPackage);
    }

    private boolean installed() {
        try {
            String _ = ForeignSpeaker.ask(file, versionOption);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
