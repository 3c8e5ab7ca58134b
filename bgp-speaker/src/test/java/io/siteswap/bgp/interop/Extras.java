package io.siteswap.bgp.interop;

import java.util.Optional;

/**
 * What the other speaker is configured with beyond the plain session.
 *
 * @param password for TCP MD5
 * @param ttlSecurity it takes no packets from further than one hop (RFC 5082)
 * @param restart graceful restart with this much time, seconds
 * @param role what it says that it is to us (RFC 9234): {@code customer} or {@code provider}
 */
record Extras(Optional<String> password, boolean ttlSecurity, Optional<Integer> restart,
        Optional<String> role) {

    static final Extras NONE = new Extras(Optional.empty(), false, Optional.empty(),
            Optional.empty());

    Extras withPassword(String text) {
        return new Extras(Optional.of(text), ttlSecurity, restart, role);
    }

    Extras withTtlSecurity() {
        return new Extras(password, true, restart, role);
    }

    Extras withRestart(int seconds) {
        return new Extras(password, ttlSecurity, Optional.of(seconds), role);
    }

    Extras withRole(String name) {
        return new Extras(password, ttlSecurity, restart, Optional.of(name));
    }

    /** The line with the password in it, or nothing. */
    String passwordLine(String format) {
        return password.map(text -> format.formatted(text)).orElse("");
    }

    /** The line with the role in it, or nothing. */
    String roleLine(String format) {
        return role.map(text -> format.formatted(text)).orElse("");
    }
}
