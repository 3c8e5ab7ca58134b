package io.siteswap.lab.postgres;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.tukaani.xz.XZInputStream;

/** Unpacks a tar.xz archive: regular files, folders and symbolic links (ustar, GNU long names). */
final class Archive {
    private static final int BLOCK = 512;

    private Archive() {
    }

    static void unpack(InputStream compressed, Path target) throws IOException {
        try (InputStream tar = new BufferedInputStream(new XZInputStream(compressed))) {
            String longName = "";
            for (byte[] header = tar.readNBytes(BLOCK); header.length == BLOCK
                    && header[0] != 0; header = tar.readNBytes(BLOCK)) {
                long size = octal(header, 124, 12);
                char type = (char) header[156];
                if (type == 'L') {
                    longName = new String(tar.readNBytes((int) size), StandardCharsets.UTF_8)
                            .replace("\0", "");
                    skipPadding(tar, size);
                    continue;
                }
                String name = longName.isEmpty() ? text(header, 0, 100) : longName;
                longName = "";
                entry(tar, header, size, type, inside(target, name));
            }
        }
    }

    private static void entry(InputStream tar, byte[] header, long size, char type, Path path)
            throws IOException {
        switch (type) {
            case '5' -> Files.createDirectories(path);
            case '2' -> {
                Files.createDirectories(path.getParent());
                Files.createSymbolicLink(path, Path.of(text(header, 157, 100)));
            }
            case '0', '\0' -> {
                Files.createDirectories(path.getParent());
                try (OutputStream out = Files.newOutputStream(path)) {
                    copy(tar, out, size);
                }
                boolean runs = (octal(header, 100, 8) & 0100) != 0;
                Files.setPosixFilePermissions(path,
                        PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
                skipPadding(tar, size);
            }
            default -> throw new IOException("tar entry of type " + type + ": " + path);
        }
    }

    private static Path inside(Path target, String name) throws IOException {
        Path path = target.resolve(name).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("tar entry leaves its folder: " + name);
        }
        return path;
    }

    private static void copy(InputStream in, OutputStream out, long size) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (long left = size; left > 0;) {
            int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (n < 0) {
                throw new EOFException("tar ends in the middle of a file");
            }
            out.write(buffer, 0, n);
            left -= n;
        }
    }

    private static void skipPadding(InputStream in, long size) throws IOException {
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] header, int from, int length) {
        String digits = text(header, from, length).strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }
}
