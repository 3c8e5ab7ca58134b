package io.siteswap.monitor.raft;

import io.siteswap.monitor.config.HostPort;
import io.siteswap.monitor.tls.Identity;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While no leader is known: which other members cannot be reached, and why. Ratis tries for ever and
 * says nothing, and an operator would look for a certificate's wrong name in vain.
 */
final class Peers {

    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final int PATIENCE_MILLIS = 1000;

    private final List<RaftSettings.Member> others;
    private final Optional<SSLContext> tls;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile String told = "";

    Peers(RaftSettings settings, Optional<Identity> identity) throws IOException {
        this.others = settings.members().stream()
                .filter(member -> !member.node().equals(settings.node())).toList();
        this.tls = identity.isPresent() ? Optional.of(context(identity.get())) : Optional.empty();
    }

    private static SSLContext context(Identity identity) throws IOException {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry("own", identity.key(), new char[0],
                    new Certificate[]{identity.certificate()});
            KeyManagerFactory keys = KeyManagerFactory
                    .getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, new char[0]);
            KeyStore believed = KeyStore.getInstance("PKCS12");
            believed.load(null, null);
            believed.setCertificateEntry("authority", identity.authority());
            TrustManagerFactory trust = TrustManagerFactory
                    .getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(believed);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates cannot be used: " + e.getMessage(), e);
        }
    }

    /** Looks, on a thread of its own, unless it does already; tells only what is new. */
    void look(BooleanSupplier stillAlone) {
        if (looking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("raft-peers").start(() -> {
                try {
                    List<String> faults = faults();
                    if (stillAlone.getAsBoolean()) {
                        tell(String.join("; ", faults));
                    }
                } finally {
                    looking.set(false);
                }
            });
        }
    }

    /** A leader is known. */
    void fine() {
        told = "";
    }

    private void tell(String news) {
        if (!news.isEmpty() && !news.equals(told)) {
            LOG.warn("the log has no leader: {}", news);
        }
        told = news;
    }

    private List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (RaftSettings.Member member : others) {
            String fault = fault(member.address());
            if (!fault.isEmpty()) {
                faults.add(member.node() + " (" + member.address() + ") " + fault);
            }
        }
        return faults;
    }

    /** What is wrong with it; empty: nothing that a connection shows. */
    String fault(String address) {
        HostPort at = HostPort.parse(address);
        try (Socket socket = new Socket()) {
            socket.connect(at.resolve(), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return tls.isPresent() ? believed(tls.get(), socket, at) : "";
        } catch (IOException e) {
            return "cannot be reached: " + e.getMessage();
        }
    }

    private static String believed(SSLContext context, Socket socket, HostPort at)
            throws IOException {
        try (SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket,
                at.host(), at.port(), false)) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setApplicationProtocols(new String[]{"h2"});
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            // It refuses our certificate only after our part of the handshake is over (TLS 1.3).
            int _ = secure.getInputStream().read();
            return "";
        } catch (SocketTimeoutException e) {
            return "";
        } catch (SSLException e) {
            return "and this node do not believe each other: " + e.getMessage();
        }
    }
}
