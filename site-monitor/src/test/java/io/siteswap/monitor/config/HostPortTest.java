package io.siteswap.monitor.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class HostPortTest {

    @ParameterizedTest
    @CsvSource({"198.18.1.1:7101, 198.18.1.1, 7101", "dc1:1, dc1, 1",
            "dc1_monitor.shop-net.example:65535, dc1_monitor.shop-net.example, 65535",
            "[2001:db8::1]:7101, 2001:db8::1, 7101", "[::]:80, ::, 80", "0.0.0.0:80, 0.0.0.0, 80",
            "1a.example:80, 1a.example, 80"})
    void readsNamesAndAddressesAndWritesThemAsTheyWere(String text, String host, int port) {
        assertEquals(new HostPort(host, port), HostPort.parse(text));
        assertEquals(text, HostPort.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dc1", "dc1:", ":7101", "dc1:0", "dc1:65536", "dc1:07101",
            "dc1:+1", "dc1:7101 ", " dc1:7101", "dc 1:7101", "dc1:7101\n", "_dc1:7101", "dc1.:7101",
            "2001:db8::1:7101", "[2001:db8::1]", "[dc1]:7101", "[]:7101", "[::1:7101",
            "http://dc1:7101", "dc1:99999999999"})
    void refusesWhatHasNotTheForm(String text) {
        assertEquals("'" + text + "' is not an address (expected host:port such as 198.18.1.1:7101,"
                + " dc1:7101 or [2001:db8::1]:7101, the port from 1 to 65535)", refusal(text));
    }

    @ParameterizedTest
    @CsvSource({"198.18.1:7101, 198.18.1", "198.18.1.256:7101, 198.18.1.256", "7:7101, 7",
            "198.18.1.1.1:1, 198.18.1.1.1", "198.18..1:1, 198.18..1", "[:::]:1, :::",
            "[2001:db8:1]:7101, 2001:db8:1", "[12345::]:1, 12345::"})
    void refusesNumbersThatAreNoAddressInsteadOfLookingThemUpAsNames(String text, String host) {
        assertTrue(refusal(text).startsWith("'" + host + "' is no IP address (expected host:port"),
                refusal(text));
    }

    private static String refusal(String text) {
        return String.valueOf(assertThrows(IllegalArgumentException.class,
                () -> HostPort.parse(text)).getMessage());
    }

    @Test
    void knowsWhatOnlyThisMachineReaches() {
        for (String here : new String[]{"127.0.0.1:1", "127.9.9.9:1", "localhost:1", "[::1]:1",
                "[0:0:0:0:0:0:0:1]:1"}) {
            assertTrue(HostPort.parse(here).loopback(), here);
        }
        for (String elsewhere : new String[]{"0.0.0.0:1", "[::]:1", "198.18.1.1:1",
                "127.example.com:1", "[2001:db8::1]:1"}) {
            assertFalse(HostPort.parse(elsewhere).loopback(), elsewhere);
        }
    }

    @Test
    void resolvesAnAddressInBrackets() {
        assertTrue(HostPort.parse("[::1]:7101").resolve().getAddress().isLoopbackAddress());
    }

    @Test
    void theSchemaHasTheSameForm() {
        assertEquals(HostPort.FORM.pattern(), new JsonMapper().readTree(SchemaCheck.text())
                .at("/$defs/endpoint/pattern").asString());
    }
}
