package io.siteswap.lab.postgres;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Copies a data directory; the copy belongs to whoever owns the folder it is put into. */
final class DataCopy {
    /** Belongs to the running server, not to its data. */
    private static final Set<String> NOT_FILES = Set.of("postmaster.pid", "postmaster.opts",
            "standby.signal", "recovery.signal", "backup_label");
    /** Folder kept, contents not. */
    private static final Set<String> NOT_CONTENTS = Set.of("pg_replslot", "pg_dynshmem",
            "pg_notify", "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans");

    private DataCopy() {
    }

    static void copy(Path from, Path to) throws IOException {
        delete(to);
        UserPrincipal owner = Files.getOwner(to.getParent());
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
                    throws IOException {
                Path copy = to.resolve(from.relativize(dir));
                Files.createDirectory(copy, PosixFilePermissions
                        .asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                give(copy, owner);
                return NOT_CONTENTS.contains(from.relativize(dir).toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                    throws IOException {
                Path relative = from.relativize(file);
                if (!NOT_FILES.contains(relative.toString())) {
                    Path copy = to.resolve(relative);
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                    give(copy, owner);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                // A running server removes files; WAL replay removes them in the copy, too.
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }

    static void give(Path path, UserPrincipal owner) throws IOException {
        if (!Files.getOwner(path).equals(owner)) {
            Files.setOwner(path, owner);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> all;
            try (Stream<Path> walk = Files.walk(folder)) {
                all = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : all) {
                Files.delete(path);
            }
        }
    }
}
