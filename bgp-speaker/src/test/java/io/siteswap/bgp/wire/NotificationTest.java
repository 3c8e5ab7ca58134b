package io.siteswap.bgp.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Words and names of a NOTIFICATION: RFC 9003, RFC 8538, RFC 6608, RFC 9384, RFC 9687. */
class NotificationTest {

    @Test
    void shutdownWordsArriveAsTheyWereSaid() {
        Notification said = Notification.cease(Notification.CEASE_SHUTDOWN,
                "[TICKET-1] neue Stromversorgung für dc1");
        assertEquals(Optional.of("[TICKET-1] neue Stromversorgung für dc1"), said.words());
        assertEquals("Cease/Administrative Shutdown"
                + " \"[TICKET-1] neue Stromversorgung für dc1\"", said.describe());
    }

    @Test
    void longWordsAreCutAtACharacter() {
        // 127 times two octets are 254: the 128th character does not fit into 255.
        Notification said = Notification.cease(Notification.CEASE_RESET, "ü".repeat(300));
        assertEquals(1 + 254, said.data().length());
        assertEquals(Optional.of("ü".repeat(127)), said.words());
        assertEquals(Optional.of("x".repeat(255)), Notification
                .cease(Notification.CEASE_RESET, "x".repeat(256)).words());
    }

    @Test
    void noWordsNoData() {
        assertEquals(Octets.NONE,
                Notification.cease(Notification.CEASE_SHUTDOWN, "").data());
        assertEquals(Optional.empty(),
                Notification.of(Notification.CEASE, Notification.CEASE_SHUTDOWN).words());
    }

    @Test
    void whatControlsATerminalNeverReachesIt() {
        String evil = "a\u001b[31mb\u0007c\u202Ed\u2028e\u009bf\r\n\0";
        String shown = Notification.cease(Notification.CEASE_SHUTDOWN, evil).words()
                .orElseThrow();
        assertEquals("a\uFFFD[31mb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\uFFFD\uFFFD\uFFFD", shown);
    }

    @Test
    void wrongUtf8AndWrongLengthsAreShownAsFarAsTheyGo() {
        assertEquals("a\uFFFDb", words("0361ff62"));
        assertEquals("ab", words("ff6162"));
        assertEquals("a", words("016162"));
        assertEquals("\uFFFD", words("01c3"));
        assertEquals("", words("00"));
    }

    private static String words(String data) {
        return new Notification(Notification.CEASE, Notification.CEASE_SHUTDOWN,
                Octets.hex(data)).words().orElse("");
    }

    @Test
    void wordsBelongToShutdownAndResetOnly() {
        Octets data = Octets.hex("0161");
        assertEquals(Optional.empty(), new Notification(Notification.CEASE,
                Notification.CEASE_MAX_PREFIXES, data).words());
        assertEquals(Optional.empty(), new Notification(Notification.UPDATE, 2, data).words());
    }

    @Test
    void aHardResetSaysWhatIsBehindIt() {
        Notification inner = Notification.cease(Notification.CEASE_SHUTDOWN, "bye");
        Notification hard = inner.hard();
        assertEquals(Optional.of(inner), hard.hardReason());
        assertEquals("Cease/Hard Reset: Cease/Administrative Shutdown \"bye\"",
                hard.describe());
        assertEquals("Cease/Hard Reset", Notification
                .of(Notification.CEASE, Notification.CEASE_HARD_RESET).describe());
        // Nested ones are shown one level deep only: nobody sends them, so nobody needs them.
        assertEquals("Cease/Hard Reset", hard.hard().describe());
    }

    @Test
    void everyRegisteredCodeHasAName() {
        assertEquals("OPEN Message Error/Role Mismatch", name(2, 11));
        assertEquals("Finite State Machine Error/in OpenConfirm", name(5, 2));
        assertEquals("Cease/BFD Down", name(6, 10));
        assertEquals("ROUTE-REFRESH Message Error/Invalid Message Length", name(7, 1));
        assertEquals("Send Hold Timer Expired", name(8, 0));
        assertEquals("Cease/11", name(6, 11));
        assertEquals("9/1", name(9, 1));
        for (int code = 0; code < 256; code++) {
            for (int subcode = 0; subcode < 256; subcode++) {
                assertTrue(!name(code, subcode).isEmpty(), "never throws");
            }
        }
    }

    private static String name(int code, int subcode) {
        return Notification.of(code, subcode).describe();
    }

    @Test
    void moreDataThanFitsIsCut() {
        Octets data = Octets.of("x".repeat(5000).getBytes(StandardCharsets.US_ASCII));
        assertEquals(Frame.MAX_LENGTH, MessageEncoder
                .encode(new Notification(1, 2, data), Context.INITIAL).remaining());
    }
}
