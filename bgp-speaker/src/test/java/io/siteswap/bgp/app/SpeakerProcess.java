package io.siteswap.bgp.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A speaker in a JVM of its own, so that a test can kill it without mercy. */
final class SpeakerProcess {

    private SpeakerProcess() {
    }

    static Process launch(Path dir, String name, String address, String neighbor, int port)
            throws IOException {
        return new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx64m",
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp",
                System.getProperty("java.class.path"), SpeakerProcess.class.getName(),
                dir.toString(), name, address, neighbor, String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve(name + ".out").toFile()).start();
    }

    /** Runs a site's speaker until it is killed. */
    public static void main(String[] args) throws Exception {
        SpeakerDaemon.start(Configs.site(Path.of(args[0]), args[1], args[2], Optional.empty(),
                Configs.frr(args[3], Integer.parseInt(args[4]), false, args[2])));
        new CountDownLatch(1).await();
    }
}
