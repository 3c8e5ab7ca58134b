package io.siteswap.monitor.action;

import io.siteswap.monitor.action.ResourceAgent.ActionFailed;
import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ClusterConfig.FenceDevice;
import io.siteswap.monitor.config.ClusterConfig.Fencing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Takes the power from another site through its fence devices (Pacemaker's STONITH), each a pair of
 * commands. Only what {@code confirm} says counts: a device that was told is not one that obeyed.
 */
public final class FenceDevices {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final int MAX_QUOTED = 200;

    private final ClusterConfig config;
    /** By site. A site holds many services; its devices take few connections. */
    private final Map<String, FutureTask<String>> underWay = new ConcurrentHashMap<>();

    public FenceDevices(ClusterConfig config) {
        this.config = config;
    }

    /**
     * Returns which devices confirm it. All work at the same time, each within its own limit. Who asks
     * while they work on that site already gets the same answer.
     *
     * @param wanted asked right before a device is told: the site may have given up by itself
     * @throws ActionFailed which device does not, and why; what the others did stays done
     */
    public String powerOff(String site, BooleanSupplier wanted)
            throws ActionFailed, InterruptedException {
        FutureTask<String> mine = new FutureTask<>(() -> allOff(site, wanted));
        FutureTask<String> first = underWay.computeIfAbsent(site, _ -> mine);
        if (first.equals(mine)) {
            mine.run();
            underWay.remove(site, mine);
        }
        try {
            return first.get();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private String allOff(String site, BooleanSupplier wanted)
            throws ActionFailed, InterruptedException {
        List<Said> said = each(site, device -> off(device, wanted), "did not confirm");
        if (!said.stream().allMatch(Said::ok)) {
            throw new ActionFailed(said.stream().filter(it -> !it.ok())
                    .map(it -> it.device() + ": " + it.text()).collect(Collectors.joining(" ")));
        }
        return said.stream().map(it -> it.device() + it.text())
                .collect(Collectors.joining(", "));
    }

    /** What one device says. */
    public record Said(String device, boolean ok, String text) {
    }

    /**
     * Asks the devices of a site that has power, so that a person knows that they can be asked and
     * would not confirm too easily; a device that says that there is none is not ok. Changes nothing.
     *
     * @throws ActionFailed the site has no devices
     */
    public List<Said> test(String site) throws ActionFailed, InterruptedException {
        return each(site, FenceDevices::look, "did not answer");
    }

    private interface Act {
        String on(FenceDevice device) throws ActionFailed, InterruptedException;
    }

    /** @param late what is said of a device that takes too long */
    private List<Said> each(String site, Act act, String late)
            throws ActionFailed, InterruptedException {
        List<FenceDevice> devices = Optional.ofNullable(config.sites().get(site))
                .flatMap(ClusterConfig.Site::fencing).map(Fencing::devices).orElse(List.of());
        if (devices.isEmpty()) {
            throw new ActionFailed(site + " has no fence devices.");
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return said(devices, devices.stream()
                    .map(device -> threads.submit(limited(threads, device, act, late))).toList());
        }
    }

    /** A command that hangs is killed with all that it started. */
    private static Callable<String> limited(ExecutorService threads, FenceDevice device,
            Act act, String late) {
        return () -> {
            Future<String> work = threads.submit(() -> act.on(device));
            try {
                return work.get(device.timeout().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                work.cancel(true);
                throw new ActionFailed(late + " within " + device.timeout().toMillis() + " ms.");
            } catch (ExecutionException e) {
                throw failure(e);
            }
        };
    }

    private static Said said(FenceDevice device, Future<String> answer)
            throws InterruptedException {
        try {
            return new Said(device.name(), true, answer.get());
        } catch (ExecutionException e) {
            return new Said(device.name(), false, String.valueOf(failure(e).getMessage()));
        }
    }

    /** Waits for all, so that one device that fails keeps no other from its work. */
    private static List<Said> said(List<FenceDevice> devices, List<Future<String>> all)
            throws InterruptedException {
        List<Said> said = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            said.add(said(devices.get(i), all.get(i)));
        }
        return said;
    }

    private static ActionFailed failure(ExecutionException e) {
        return e.getCause() instanceof ActionFailed it
                ? it
                : new ActionFailed("failed in an unforeseen way: " + e.getCause(), e);
    }

    private static String look(FenceDevice device) throws ActionFailed, InterruptedException {
        Argv.Result said = new Argv("confirm", device.confirm()).run();
        if (said.exit() == 0) {
            throw new ActionFailed("says that there is no power" + quoted(said));
        }
        return "sees power, exit code " + said.exit() + quoted(said);
    }

    /** The state that is asked for may be there already, e.g. when a former leader began. */
    private static String off(FenceDevice device, BooleanSupplier wanted)
            throws ActionFailed, InterruptedException {
        Argv confirm = new Argv("confirm", device.confirm());
        Argv.Result said = confirm.run();
        if (said.exit() != 0) {
            if (!wanted.getAsBoolean()) {
                throw new ActionFailed("was not told, because that is not needed any more.");
            }
            new Argv("off", device.off()).succeed();
            said = confirm.run();
        }
        while (said.exit() != 0) {
            Thread.sleep(LOOK_AGAIN);
            said = confirm.run();
        }
        return quoted(said);
    }

    /** It goes into the log, so whatever a device prints is one short line. */
    private static String quoted(Argv.Result said) {
        String line = said.lastLine().codePoints().filter(it -> !Character.isISOControl(it))
                .limit(MAX_QUOTED).collect(StringBuilder::new, StringBuilder::appendCodePoint,
                        StringBuilder::append)
                .toString();
        return line.isEmpty() ? "" : " \"" + line + "\"";
    }
}
