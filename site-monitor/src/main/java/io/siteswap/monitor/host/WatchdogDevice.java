package io.siteswap.monitor.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** A device such as {@code /dev/watchdog}: opening starts it, a write feeds it. */
public final class WatchdogDevice implements ResetTimer {

    /** {@code WDIOC_GETSUPPORT}: {@code struct watchdog_info}, whose first field is the options. */
    private static final long GET_SUPPORT = 0x8028_5700L;
    private static final long INFO_BYTES = 40;
    /** {@code WDIOF_MAGICCLOSE}: without it the death of its user would stop the watchdog. */
    private static final int MAGIC_CLOSE = 0x0100;
    /** {@code WDIOC_SETTIMEOUT}: in and out an {@code int}, seconds. */
    private static final long SET_TIMEOUT = 0xC004_5706L;
    private static final int FILE_TYPE = 0xf000;
    private static final int CHARACTER_DEVICE = 0x2000;
    private static final byte[] FOOD = {0};
    /** Written right before the end, it says that the end is meant. */
    private static final byte[] GOODBYE = {'V'};

    private final Path device;
    private final Duration timeout;
    private int fd = -1;

    /** @param timeout whole seconds, at least one */
    public WatchdogDevice(Path device, Duration timeout) {
        this.device = device;
        this.timeout = timeout;
    }

    @Override
    public void start() throws IOException {
        if (fd >= 0) {
            return;
        }
        mustBeDevice();
        int opened = refusing(() -> Posix.open(device.toString()));
        try {
            int options = refusing(() -> Posix.ioctl(opened, GET_SUPPORT, INFO_BYTES));
            if ((options & MAGIC_CLOSE) == 0) {
                throw new IOException("the watchdog " + device + " stops when its user dies"
                        + " (its driver has no 'magic close')");
            }
            int seconds = (int) timeout.toSeconds();
            int set = refusing(() -> Posix.ioctl(opened, SET_TIMEOUT, seconds));
            if (set > seconds) {
                throw new IOException("the watchdog " + device + " runs for " + set
                        + " s at least, which is longer than " + seconds + " s");
            }
            fd = opened;
        } catch (IOException e) {
            goodbye(opened);
            throw e;
        }
    }

    /** A file that is named by mistake must not be written to. */
    private void mustBeDevice() throws IOException {
        int mode;
        try {
            mode = (Integer) Files.getAttribute(device, "unix:mode");
        } catch (NoSuchFileException e) {
            throw new IOException("there is no watchdog " + device
                    + "; is its kernel module loaded (softdog, say)?", e);
        }
        if ((mode & FILE_TYPE) != CHARACTER_DEVICE) {
            throw new IOException("the watchdog " + device + " is no character device");
        }
    }

    @Override
    public void feed() throws IOException {
        Posix.write(fd, FOOD);
    }

    @Override
    public void stop() throws IOException {
        if (fd >= 0) {
            int open = fd;
            fd = -1;
            goodbye(open);
        }
    }

    private static void goodbye(int open) throws IOException {
        try {
            Posix.write(open, GOODBYE);
        } finally {
            Posix.close(open);
        }
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @FunctionalInterface
    private interface Call {
        int made() throws IOException;
    }

    private int refusing(Call call) throws IOException {
        try {
            return call.made();
        } catch (IOException e) {
            throw new IOException("the watchdog " + device + " cannot be used: " + e.getMessage(),
                    e);
        }
    }
}
