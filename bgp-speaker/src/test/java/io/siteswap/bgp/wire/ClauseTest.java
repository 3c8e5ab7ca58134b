package io.siteswap.bgp.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every attribute's faults name the rule that is followed. */
class ClauseTest {

    @Test
    void everyAttributeHasItsOwnRule() {
        Map<Integer, String> rules = new TreeMap<>();
        AttributeTable.ROWS.forEach(row -> rules.put(row.type(), new WireError(row.onError(),
                Notification.UPDATE, 5, Octets.of((byte) row.flags(), (byte) row.type()), "")
                .clause()));
        List<String> expected = List.of("1 RFC 7606 section 7.1", "2 RFC 7606 section 7.2",
                "3 RFC 7606 section 7.3", "4 RFC 7606 section 7.4", "5 RFC 7606 section 7.5",
                "6 RFC 7606 section 7.6", "7 RFC 7606 section 7.7", "8 RFC 7606 section 7.8",
                "9 RFC 7606 section 7.9", "10 RFC 7606 section 7.10",
                "14 RFC 7606 section 7.11", "15 RFC 7606 section 7.12",
                "16 RFC 7606 section 7.14", "17 RFC 6793 section 6", "18 RFC 6793 section 6",
                "32 RFC 8092 section 6", "35 RFC 9234 section 5");
        assertEquals(expected, rules.entrySet().stream()
                .map(rule -> rule.getKey() + " " + rule.getValue()).toList());
    }

    @Test
    void faultsOfTheWholeMessage() {
        assertEquals("RFC 4271 section 6.1", reset(Notification.HEADER, 2));
        assertEquals("RFC 9234 section 4.2", reset(Notification.OPEN, 11));
        assertEquals("RFC 7606 section 3 (b, g)", reset(Notification.UPDATE, 1));
        assertEquals("RFC 7606 section 5.3", reset(Notification.UPDATE, 10));
        assertEquals("RFC 7606 section 3 (d)", reset(Notification.UPDATE, 3));
        assertEquals("RFC 4271 section 6.3", reset(Notification.UPDATE, 5));
        assertEquals("RFC 7313 section 5", reset(Notification.REFRESH, 1));
    }

    private static String reset(int code, int subcode) {
        return WireError.reset(code, subcode, "").clause();
    }
}
