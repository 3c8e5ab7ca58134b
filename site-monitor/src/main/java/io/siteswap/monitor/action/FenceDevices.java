package io.siteswap.monitor.action;

import io.siteswap.monitor.action.ResourceAgent.ActionFailed;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ClusterConfig.FenceDevice;
import io.siteswap.monitor.config.ClusterConfig.Fencing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Takes the power from another site through its fence devices (Pacemaker's STONITH), each a pair of
 * commands. Only what {@code confirm} says counts: a device that was told is not one that obeyed.
 */
public final class FenceDevices {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final ClusterConfig config;

    public FenceDevices(ClusterConfig config) {
        this.config = config;
    }

    /**
     * Returns which devices confirm it. All work at the same time, each within its own limit.
     *
     * @throws ActionFailed which device does not, and why; what the others did stays done
     */
    public String powerOff(String site) throws ActionFailed, InterruptedException {
        return each(site, device -> off(device));
    }

    /**
     * Returns what the devices say of a site that has power, so that a person knows that they can be
     * reached and would not confirm too easily. Changes nothing.
     *
     * @throws ActionFailed a device confirms that the site has no power
     */
    public String test(String site) throws ActionFailed, InterruptedException {
        return each(site, device -> {
            Argv.Result said = new Argv("confirm", device.confirm()).run();
            if (said.exit() == 0) {
                throw new ActionFailed(device.name() + " says that there is no power"
                        + quoted(said) + ".");
            }
            return device.name() + " sees power (exit code " + said.exit() + quoted(said) + ")";
        });
    }

    private interface Act {
        String on(FenceDevice device) throws ActionFailed, InterruptedException;
    }

    private String each(String site, Act act) throws ActionFailed, InterruptedException {
        List<FenceDevice> devices = Optional.ofNullable(config.sites().get(site))
                .flatMap(ClusterConfig.Site::fencing).map(Fencing::devices).orElse(List.of());
        if (devices.isEmpty()) {
            throw new ActionFailed(site + " has no fence devices.");
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> all = devices.stream()
                    .map(device -> threads.submit(limited(threads, device, act))).toList();
            return joined(all);
        }
    }

    /** A command that hangs is killed with all that it started. */
    private static Callable<String> limited(ExecutorService threads, FenceDevice device,
            Act act) {
        return () -> {
            Future<String> work = threads.submit(() -> act.on(device));
            try {
                return work.get(device.timeout().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                work.cancel(true);
                throw new ActionFailed(device.name() + " did not confirm within "
                        + device.timeout().toMillis() + " ms.");
            } catch (ExecutionException e) {
                throw failure(e);
            }
        };
    }

    /** Waits for all, so that one device that fails keeps no other from its work. */
    private static String joined(List<Future<String>> all)
            throws ActionFailed, InterruptedException {
        List<String> well = new ArrayList<>();
        List<String> badly = new ArrayList<>();
        for (Future<String> one : all) {
            try {
                well.add(one.get());
            } catch (ExecutionException e) {
                badly.add(String.valueOf(failure(e).getMessage()));
            }
        }
        if (!badly.isEmpty()) {
            throw new ActionFailed(String.join(" ", badly));
        }
        return String.join(", ", well);
    }

    private static ActionFailed failure(ExecutionException e) {
        return e.getCause() instanceof ActionFailed it
                ? it
                : new ActionFailed("failed in an unforeseen way: " + e.getCause(), e);
    }

    /** The state that is asked for may be there already, e.g. when a former leader began. */
    private static String off(FenceDevice device) throws ActionFailed, InterruptedException {
        Argv confirm = new Argv("confirm", device.confirm());
        Argv.Result said = confirm.run();
        if (said.exit() != 0) {
            new Argv("off", device.off()).succeed();
            said = confirm.run();
        }
        while (said.exit() != 0) {
            Thread.sleep(LOOK_AGAIN);
            said = confirm.run();
        }
        return device.name() + quoted(said);
    }

    private static String quoted(Argv.Result said) {
        return said.lastLine().isEmpty() ? "" : " \"" + said.lastLine() + "\"";
    }
}
