package io.siteswap.bgp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.bgp.wire.Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which addresses a neighbour is told to send packets to, and which ones are ours. */
class OwnHopsTest {

    private static final Address LINK = Address.parse("fe80::9:1");
    private static final Address OF_THE_SESSION = Address.parse("2001:db8::1");
    /** Every machine has it. */
    private static final Address OURS = Address.parse("127.0.0.1");
    private static final Address ANOTHERS = Address.parse("2001:db8::77");

    private static List<Address> at(Optional<Address> configured, Address local) {
        return OwnHops.at(configured, local, Optional.empty());
    }

    @Test
    void theAddressOfTheSessionUnlessAnotherIsConfigured() {
        assertEquals(List.of(OF_THE_SESSION), at(Optional.empty(), OF_THE_SESSION));
        assertEquals(List.of(ANOTHERS, OF_THE_SESSION),
                at(Optional.of(ANOTHERS), OF_THE_SESSION));
    }

    @Test
    void theLinkLocalOneIsToldBesideOurOwnOnly() {
        assertEquals(List.of(LINK), at(Optional.empty(), LINK));
        assertEquals(List.of(OURS, LINK), at(Optional.of(OURS), LINK), "IPv4 is beside it");
        assertEquals(List.of(ANOTHERS), at(Optional.of(ANOTHERS), LINK));
    }

    @Test
    void configuredAddressesAreOursAndWildcardsAreNot() {
        SpeakerConfig config = Configs.site(Path.of("."), "dc1", "127.41.1.1", Optional.of(1),
                Configs.neighbor("a", "127.41.9.1", 1, 64510, false, "127.41.1.2"));
        assertEquals(Set.of(Address.parse("127.41.1.1"), Address.parse("127.41.1.2")),
                OwnHops.configured(config));
        SpeakerConfig wildcard = new SpeakerConfig("dc1", 64500, config.routerId(),
                Optional.of("0.0.0.0:179"), config.hold(), config.connectRetry(), List.of(),
                config.ladder(), List.of(), config.stateFile(), config.socket());
        assertEquals(Set.of(), OwnHops.configured(wildcard));
    }
}
