package io.siteswap.bgp.interop;

import io.siteswap.bgp.app.NeighborOptions;
import io.siteswap.bgp.app.SpeakerDaemon;
import io.siteswap.bgp.session.RestartOptions;
import io.siteswap.bgp.session.SessionOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Our speaker in a JVM of its own, so that a test can kill it without mercy. */
final class OurProcess {

    private OurProcess() {
    }

    static Process launch(Setup setup) throws IOException {
        return new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx64m",
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp",
                System.getProperty("java.class.path"), OurProcess.class.getName(),
                setup.dir().toString(), String.valueOf(setup.number()),
                String.valueOf(setup.port()), String.valueOf(setup.ourPort()),
                String.valueOf(setup.extras().restart().isPresent()))
                .redirectErrorStream(true)
                .redirectOutput(setup.dir().resolve("us.out").toFile()).start();
    }

    /** Runs until it is killed. */
    public static void main(String[] args) throws Exception {
        Setup setup = Setup.of(Path.of(args[0]), Integer.parseInt(args[1]),
                Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        SessionOptions session = Boolean.parseBoolean(args[4])
                ? SessionOptions.DEFAULTS.withGracefulRestart(RestartOptions.DEFAULTS)
                : SessionOptions.DEFAULTS;
        SpeakerDaemon.start(setup.config(NeighborOptions.DEFAULTS.with(session)));
        new CountDownLatch(1).await();
    }
}
