package io.siteswap.monitor.tls;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cluster's own certificate authority, in a folder: {@code ca.crt}, {@code ca.key}, and what it
 * has issued. The JDK's {@code keytool} makes the certificates.
 */
public final class Authority implements AutoCloseable {

    /** Ten years: it is made once, by hand. */
    private static final int DAYS = 3650;
    private static final String STORE = "PKCS12";
    private static final String CA = "ca";
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[]{'\n'});

    private final Path folder;
    private final Path work;
    private final Path store;
    private final String password;

    private Authority(Path folder) throws IOException {
        this.folder = folder;
        this.work = Files.createTempDirectory("siteswap-certs",
                PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rwx------")));
        this.store = work.resolve("keys.p12");
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.password = HexFormat.of().formatHex(random);
    }

    /**
     * The folder's authority, made anew if it has none.
     *
     * @throws IOException with one sentence
     */
    public static Authority in(Path folder, String cluster) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException("the folder " + folder + " cannot be made", e);
        }
        Authority authority = new Authority(folder);
        try {
            authority.ready(cluster);
            return authority;
        } catch (IOException | RuntimeException e) {
            authority.close();
            throw e;
        }
    }

    private void ready(String cluster) throws IOException {
        Path certificate = folder.resolve("ca.crt");
        Path key = folder.resolve("ca.key");
        if (Files.exists(certificate) != Files.exists(key)) {
            throw new IOException("of " + certificate + " and " + key + " only one exists: both"
                    + " are needed to issue certificates");
        }
        if (Files.exists(key)) {
            remember(Identity.key(key), Identity.certificate(certificate));
            return;
        }
        pair(CA, "CN=Siteswap cluster " + cluster, DAYS, List.of("-ext",
                "bc:critical=ca:true,pathlen:0", "-ext", "ku:critical=keyCertSign,cRLSign"));
        write("ca.key", key(CA));
        write("ca.crt", certificate(CA));
    }

    private void remember(PrivateKey key, X509Certificate certificate) throws IOException {
        try (var out = Files.newOutputStream(store)) {
            KeyStore keys = KeyStore.getInstance(STORE);
            keys.load(null, null);
            keys.setKeyEntry(CA, key, password.toCharArray(), new Certificate[]{certificate});
            keys.store(out, password.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IOException("the authority's key cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Writes {@code NODE.crt} and {@code NODE.key}, in place of what is there.
     *
     * @param hosts names and addresses that the others reach it by
     */
    public void issue(String node, Collection<String> hosts, int days) throws IOException {
        String names = hosts.stream().map(host -> (isAddress(host) ? "ip:" : "dns:") + host)
                .collect(Collectors.joining(","));
        // A node may be called "ca" as well.
        String alias = "node-" + node;
        pair(alias, "CN=" + node, days, List.of("-signer", CA, "-ext",
                "ku:critical=digitalSignature", "-ext", "eku=serverAuth,clientAuth", "-ext",
                "san=" + names));
        write(node + ".key", key(alias));
        write(node + ".crt", certificate(alias));
    }

    private static boolean isAddress(String host) {
        return host.matches("[0-9.]+|.*:.*");
    }

    private void pair(String alias, String name, int days, List<String> more)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-keyalg",
                "EC", "-groupname", "secp256r1", "-dname", name, "-validity",
                Integer.toString(days)));
        arguments.addAll(more);
        keytool(arguments);
    }

    private void keytool(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(arguments);
        command.addAll(List.of("-keystore", store.toString(), "-storetype", STORE,
                "-storepass:env", "SITESWAP_STORE"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Not on the command line, which everybody can read.
        builder.environment().put("SITESWAP_STORE", password);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(),
                Charset.defaultCharset()).strip();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("keytool " + arguments.getFirst() + " failed: " + said);
        }
    }

    private String key(String alias) throws IOException {
        try {
            return pem("PRIVATE KEY",
                    opened().getKey(alias, password.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException("keytool made no key: " + e.getMessage(), e);
        }
    }

    private String certificate(String alias) throws IOException {
        try {
            return pem("CERTIFICATE", opened().getCertificate(alias).getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IOException("keytool made no certificate: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private KeyStore opened() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), password.toCharArray());
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n" + PEM.encodeToString(bytes) + "\n-----END " + what
                + "-----\n";
    }

    /** A key is its owner's alone, from its first octet on. */
    private void write(String name, String text) throws IOException {
        Path target = folder.resolve(name);
        Path fresh = folder.resolve("." + name + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions
                .fromString(name.endsWith(".key") ? "rw-------" : "rw-r--r--")));
        Files.writeString(fresh, text);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(work);
    }
}
