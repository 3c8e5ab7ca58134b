package io.siteswap.monitor.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no watchdog is refused by the kernel itself; a real one is not at hand everywhere. */
class WatchdogDeviceTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private @TempDir Path folder = Path.of("");

    @Test
    void whatIsMissingOrNoWatchdogIsOneSentence() {
        refused(folder.resolve("watchdog"), "there is no watchdog " + folder.resolve("watchdog")
                + "; is its kernel module loaded (softdog, say)?");
        refused(Path.of("/dev/null"), "the watchdog /dev/null cannot be used: Inappropriate ioctl"
                + " for device");
    }

    @Test
    void aFileThatIsNamedByMistakeIsNotTouched() throws IOException {
        Path file = Files.writeString(folder.resolve("precious"), "data");
        refused(file, "the watchdog " + file + " is no character device");
        assertEquals("data", Files.readString(file));
    }

    @Test
    void whatWasNeverStartedNeedNotBeStopped() throws IOException {
        new WatchdogDevice(Path.of("/dev/null"), SECOND).stop();
    }

    private static void refused(Path device, String sentence) {
        WatchdogDevice watchdog = new WatchdogDevice(device, SECOND);
        assertEquals(sentence, assertThrows(IOException.class, watchdog::start).getMessage());
    }
}
