package io.siteswap.monitor.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityTest {

    private @TempDir Path folder = Path.of("");

    private void issue(String node, List<String> hosts) throws IOException {
        try (Authority authority = Authority.in(folder, "shop")) {
            authority.issue(node, hosts, 30);
        }
    }

    @Test
    void issuesWhatANodeNeedsAndNoMore() throws Exception {
        issue("dc1", List.of("dc1", "198.18.1.1", "2001:db8::1"));
        Identity dc1 = Identity.read(folder, "dc1", Instant.now());
        assertEquals("CN=dc1", dc1.certificate().getSubjectX500Principal().getName());
        assertEquals(-1, dc1.certificate().getBasicConstraints(), "it can issue nothing");
        assertEquals(List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"),
                dc1.certificate().getExtendedKeyUsage());
        Collection<List<?>> names = dc1.certificate().getSubjectAlternativeNames();
        assertEquals("[[2, dc1], [7, 198.18.1.1], [7, 2001:db8:0:0:0:0:0:1]]", names.stream()
                .map(Object::toString).sorted().collect(Collectors.toList()).toString());
        assertTrue(dc1.until().isBefore(Instant.now().plus(Duration.ofDays(31))));
        for (String key : List.of("ca.key", "dc1.key")) {
            assertEquals("rw-------", PosixFilePermissions
                    .toString(Files.getPosixFilePermissions(folder.resolve(key))));
        }
    }

    /** The second time, with the authority that is there: nodes go on trusting each other. */
    @Test
    void renewsWithTheSameAuthority() throws Exception {
        issue("dc1", List.of("dc1"));
        Identity before = Identity.read(folder, "dc1", Instant.now());
        issue("dc1", List.of("dc1"));
        Identity after = Identity.read(folder, "dc1", Instant.now());
        assertEquals(before.authority(), after.authority());
        assertNotEquals(before.certificate(), after.certificate());
    }

    @Test
    void halfAnAuthorityIsOneSentence() throws Exception {
        issue("dc1", List.of("dc1"));
        Files.delete(folder.resolve("ca.key"));
        String message = assertThrows(IOException.class, () -> issue("dc1", List.of("dc1")))
                .getMessage();
        assertEquals("of " + folder.resolve("ca.crt") + " and " + folder.resolve("ca.key")
                + " only one exists: both are needed to issue certificates", message);
    }
}
