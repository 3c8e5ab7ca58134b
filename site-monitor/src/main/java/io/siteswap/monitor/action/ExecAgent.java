package io.siteswap.monitor.action;

import io.siteswap.monitor.config.ClusterConfig.ResourceSettings;
import io.siteswap.policy.plan.Step;

/** A startable resource behind commands of the user's choice. */
final class ExecAgent implements ResourceAgent {

    private final String name;
    private final Argv start;
    private final Argv stop;
    private final Argv monitor;

    ExecAgent(String name, ResourceSettings.Exec settings) {
        this.name = name;
        this.start = new Argv("start", settings.start());
        this.stop = new Argv("stop", settings.stop());
        this.monitor = new Argv("monitor", settings.monitor());
    }

    @Override
    public String run(Step.Verb verb, String argument, long epoch)
            throws ActionFailed, InterruptedException {
        return switch (verb) {
            case START -> start();
            case STOP -> stop();
            case STANCE, PAUSE, DEMOTE, GRANT, PROMOTE, FOLLOW, RESYNC -> throw new ActionFailed(
                    "'" + name + "' is started and stopped; it cannot " + verb + ".");
        };
    }

    private String start() throws ActionFailed, InterruptedException {
        if (!monitor.missing() && monitor.run().exit() == 0) {
            return name + " runs already.";
        }
        start.succeed();
        if (!monitor.missing()) {
            monitor.succeed();
        }
        return name + " started.";
    }

    private String stop() throws ActionFailed, InterruptedException {
        if (!monitor.missing() && monitor.run().exit() != 0) {
            return name + " does not run.";
        }
        stop.succeed();
        if (!monitor.missing() && monitor.run().exit() == 0) {
            throw new ActionFailed(name + " still runs after its stop command.");
        }
        return name + " stopped.";
    }

    @Override
    public String look() throws ActionFailed, InterruptedException {
        return monitor.missing()
                ? name + " has no monitor command."
                : name + (monitor.run().exit() == 0 ? " runs." : " does not run.");
    }

    @Override
    public String fence() throws ActionFailed, InterruptedException {
        return stop();
    }
}
