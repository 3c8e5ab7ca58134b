package io.siteswap.monitor.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node proves with that it belongs to the cluster, and what it believes the others by: {@code
 * ca.crt}, {@code NODE.crt} and {@code NODE.key} of one folder, PEM.
 */
public record Identity(PrivateKey key, X509Certificate certificate, X509Certificate authority) {

    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");

    /**
     * Reads and tries it: the key fits the certificate, which the authority has signed and which is
     * valid now.
     *
     * @throws IOException with one sentence that names the file
     */
    public static Identity read(Path folder, String node, Instant now) throws IOException {
        Path authorityFile = folder.resolve("ca.crt");
        Path certificateFile = folder.resolve(node + ".crt");
        Path keyFile = folder.resolve(node + ".key");
        X509Certificate authority = certificate(authorityFile);
        X509Certificate certificate = certificate(certificateFile);
        PrivateKey key = key(keyFile);
        valid(authorityFile, authority, now);
        valid(certificateFile, certificate, now);
        try {
            certificate.verify(authority.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new IOException(certificateFile + " is not signed by " + authorityFile, e);
        }
        if (!fits(key, certificate.getPublicKey())) {
            throw new IOException(keyFile + " is not the key of " + certificateFile);
        }
        return new Identity(key, certificate, authority);
    }

    /** End of the one that ends first. */
    public Instant until() {
        Instant own = certificate.getNotAfter().toInstant();
        Instant others = authority.getNotAfter().toInstant();
        return own.isBefore(others) ? own : others;
    }

    static X509Certificate certificate(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(in);
        } catch (NoSuchFileException e) {
            throw missing(file, e);
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no certificate", e);
        }
    }

    static PrivateKey key(Path file) throws IOException {
        try {
            Matcher pem = KEY.matcher(Files.readString(file));
            if (!pem.matches()) {
                throw new IOException(file + " holds no private key (expected one in PKCS #8,"
                        + " not encrypted: -----BEGIN PRIVATE KEY-----)");
            }
            byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (NoSuchFileException e) {
            throw missing(file, e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + " holds no private key of an elliptic curve", e);
        }
    }

    private static IOException missing(Path file, IOException e) {
        return new IOException(file + " does not exist ('siteswap certs' makes it)", e);
    }

    private static void valid(Path file, X509Certificate certificate, Instant now)
            throws IOException {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isBefore(from) || now.isAfter(until)) {
            throw new IOException(file + " is valid from " + from + " to " + until + ", not now");
        }
    }

    private static boolean fits(PrivateKey key, PublicKey certified) {
        try {
            byte[] text = {1, 2, 3};
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
