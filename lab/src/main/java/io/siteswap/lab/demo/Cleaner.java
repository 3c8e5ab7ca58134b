package io.siteswap.lab.demo;

import java.util.concurrent.atomic.AtomicBoolean;

/** Ends everything once, whether the demo is over, fails or is stopped from outside. */
final class Cleaner {
    private final Cluster cluster;
    private final RunFolder folder;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Thread hook;

    Cleaner(Cluster cluster, RunFolder folder) {
        this.cluster = cluster;
        this.folder = folder;
        this.hook = new Thread(() -> end(false), "cleaner");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** @param keepLogs leaves the folder for a look at the logs */
    void end(boolean keepLogs) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        cluster.close();
        if (keepLogs) {
            System.err.println("The logs are kept in " + folder.dir() + ".");
        } else {
            folder.remove();
        }
        if (!hook.equals(Thread.currentThread())) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
