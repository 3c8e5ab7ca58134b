package io.siteswap.monitor.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.action.FenceDevices.Said;
import io.siteswap.monitor.action.ResourceAgent.ActionFailed;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ClusterConfig.FenceDevice;
import io.siteswap.monitor.config.ClusterConfig.Fencing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices are scripts: there is power while a file is there. */
class FenceDevicesTest {

    private static final Duration PATIENT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @BeforeEach
    void powerIsOn() throws IOException {
        Files.createFile(folder.resolve("one"));
        Files.createFile(folder.resolve("two"));
    }

    private static List<String> sh(String script) {
        return List.of("sh", "-c", script);
    }

    /** Each use of {@code off} leaves a line in the journal. */
    private FenceDevice device(String name, String off, Duration timeout) {
        return new FenceDevice(name, sh("echo " + name + " >> " + folder + "/journal; " + off),
                sh("test ! -e " + folder + "/" + name + " && echo Power is off"), timeout);
    }

    private String remove(String name) {
        return "rm -f " + folder + "/" + name;
    }

    private static FenceDevices devices(FenceDevice... of) {
        ClusterConfig plain = Clusters.cluster(Clusters.timing(PATIENT), List.of(), Map.of(),
                List.of(), Map.of());
        return new FenceDevices(Clusters.withFence(plain, "dc1",
                new Fencing(Optional.empty(), List.of(of))));
    }

    @Test
    void allOfThemTakeThePowerAwayAndSayWhatTheySee() throws Exception {
        FenceDevices both = devices(device("one", remove("one"), PATIENT),
                device("two", remove("two"), PATIENT));
        assertEquals("one \"Power is off\", two \"Power is off\"",
                both.powerOff("dc1", () -> true));
        assertEquals(2, Files.readAllLines(folder.resolve("journal")).size());
        assertEquals("one \"Power is off\", two \"Power is off\"",
                both.powerOff("dc1", () -> true));
        assertEquals(2, Files.readAllLines(folder.resolve("journal")).size(),
                "what is off is not switched off again");
    }

    /** A site that is lost with many services is powered off once. */
    @Test
    void whoAsksMeanwhileGetsTheSameAnswer() throws Exception {
        FenceDevice gate = device("one", "while test ! -e " + folder + "/go; do sleep 0.01; done; "
                + remove("one"), PATIENT);
        FenceDevices devices = devices(gate);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(threads.submit(() -> devices.powerOff("dc1", () -> true)));
            }
            Files.createFile(folder.resolve("go"));
            for (Future<String> one : all) {
                assertEquals("one \"Power is off\"", one.get());
            }
        }
        assertEquals(List.of("one"), Files.readAllLines(folder.resolve("journal")));
    }

    /** It goes into the replicated log, and from there to terminals. */
    @Test
    void whatADeviceSaysIsOneShortLine() throws Exception {
        FenceDevice loud = new FenceDevice("one", sh("false"),
                sh("printf '\\033[31m'; head -c 5000 /dev/zero | tr '\\0' x"), PATIENT);
        assertEquals("one \"[31m" + "x".repeat(196) + "\"",
                devices(loud).powerOff("dc1", () -> true));
    }

    @Test
    void aSiteThatGaveUpMeanwhileKeepsItsPower() {
        var failed = assertThrows(ActionFailed.class, () -> devices(
                device("one", remove("one"), PATIENT)).powerOff("dc1", () -> false));
        Programs.assertSays("was not told, because that is not needed any more", failed);
        assertTrue(Files.exists(folder.resolve("one")));
    }

    @Test
    void powerMayTakeItsTimeToGo() throws Exception {
        // Off is only the order: the first look after it still sees power.
        FenceDevice slow = new FenceDevice("one", sh("touch " + folder + "/ordered"),
                sh("cd " + folder
                        + "; test -e ordered || exit 1; test -e one || exit 0; rm one; exit 1"),
                PATIENT);
        assertEquals("one", devices(slow).powerOff("dc1", () -> true));
    }

    @Test
    void oneThatDoesNotConfirmIsAFailureAndTheOthersStillWork() {
        var failed = assertThrows(ActionFailed.class, () -> devices(
                device("one", "true", Duration.ofMillis(500)),
                device("two", remove("two"), PATIENT)).powerOff("dc1", () -> true));
        Programs.assertSays("one: did not confirm within 500 ms.", failed);
        assertTrue(Files.notExists(folder.resolve("two")));
    }

    @Test
    void oneThatCannotBeReachedIsAFailure() {
        var failed = assertThrows(ActionFailed.class, () -> devices(
                device("one", "echo no route to the device; exit 3", PATIENT))
                .powerOff("dc1", () -> true));
        Programs.assertSays("one: The command 'off'", failed);
        Programs.assertSays("exit code 3: no route to the device", failed);
    }

    @Test
    void aTestChangesNothingAndFindsADeviceThatConfirmsTooEasily() throws Exception {
        FenceDevice good = device("one", remove("one"), PATIENT);
        assertEquals(List.of(new Said("one", true, "sees power, exit code 1")),
                devices(good).test("dc1"));
        assertTrue(Files.exists(folder.resolve("one")));
        FenceDevice bad = new FenceDevice("two", sh("true"), sh("echo off"), PATIENT);
        FenceDevice gone = new FenceDevice("three", sh("true"), List.of("/nowhere/pdu"), PATIENT);
        List<Said> said = devices(bad, good, gone).test("dc1");
        assertEquals(new Said("two", false, "says that there is no power \"off\""), said.get(0));
        assertTrue(said.get(1).ok());
        assertFalse(said.get(2).ok());
        assertTrue(said.get(2).text().startsWith(
                "The command 'confirm' cannot be started"), said.get(2).text());
    }

    @Test
    void aSiteWithoutDevicesSaysSo() {
        var failed = assertThrows(ActionFailed.class, () -> devices().powerOff("dc2", () -> true));
        Programs.assertSays("dc2 has no fence devices", failed);
    }
}
