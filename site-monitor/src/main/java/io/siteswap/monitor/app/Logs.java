package io.siteswap.monitor.app;

import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;

/** The log of this process, written on a thread of its own. */
final class Logs {

    private Logs() {
    }

    /** Lines carry the node's name, and the logging reads it once, before anything else. */
    static void begin(List<String> args) {
        // gRPC inside Ratis logs through java.util.logging; what matters of it reaches us anyway.
        LogManager.getLogManager().reset();
        int node = args.indexOf("--node");
        if (node >= 0 && node + 1 < args.size()) {
            System.setProperty("siteswap.node", args.get(node + 1));
        }
    }

    /** Writes what waits, for at most a second; what comes later is lost. */
    static void end() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }

    /** To be the last thing that the process does when it is told to stop. */
    static Thread after(Runnable stop) {
        return new Thread(() -> {
            stop.run();
            end();
        }, "stop");
    }
}
