package io.siteswap.lab.postgres;

import io.siteswap.lab.LabFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** The PostgreSQL binaries on the class path, unpacked once per machine and user. */
public final class Bundle {
    private static final String COMPLETE = ".complete";

    private Bundle() {
    }

    /**
     * @return folder with {@code bin}, {@code lib} and {@code share}
     * @throws LabFailure when there are no binaries for this machine or they cannot be unpacked
     */
    public static Path unpacked() {
        String archive = archive();
        Path home = Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("siteswap-postgres-" + System.getProperty("user.name"));
        try (InputStream in = Bundle.class.getResourceAsStream(archive)) {
            if (in == null) {
                throw new LabFailure("There are no PostgreSQL binaries for this machine ("
                        + System.getProperty("os.arch") + ") on the class path: use x86_64 or arm64"
                        + " Linux");
            }
            if (!usable(home)) {
                unpack(in, home);
            }
            return home;
        } catch (IOException e) {
            throw new LabFailure("PostgreSQL cannot be unpacked to " + home + " ("
                    + e.getMessage() + "): free some space there or set TMPDIR", e);
        }
    }

    private static String archive() {
        String arch = System.getProperty("os.arch");
        return "/postgres-linux-" + (arch.equals("aarch64") ? "arm_64" : "x86_64") + ".txz";
    }

    /** The name is predictable, so a folder that someone else could write to is not used. */
    private static boolean usable(Path home) throws IOException {
        if (!Files.isRegularFile(home.resolve(COMPLETE))) {
            return false;
        }
        boolean ours = Files.getOwner(home, LinkOption.NOFOLLOW_LINKS).getName()
                .equals(System.getProperty("user.name"));
        boolean open = Files.getPosixFilePermissions(home)
                .contains(PosixFilePermission.OTHERS_WRITE);
        if (!ours || open) {
            throw new IOException("it belongs to somebody else");
        }
        return true;
    }

    private static void unpack(InputStream in, Path home) throws IOException {
        Path fresh = Files.createTempDirectory(home.getParent(), home.getFileName() + ".");
        Archive.unpack(in, fresh);
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(fresh.resolve(COMPLETE));
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException other) {
            // Another run was faster; its copy is as good when it is complete.
            if (!usable(home)) {
                throw new IOException("an incomplete copy stands in the way", other);
            }
            delete(fresh);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
