package io.siteswap.monitor.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.log.Ear;
import io.siteswap.monitor.log.Members;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Reply;
import io.siteswap.monitor.tls.Authority;
import io.siteswap.monitor.tls.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members of the log that prove who they are. */
@Timeout(120)
class TlsTest {

    private static @TempDir Path certificates = Path.of("");
    private static Path ours = Path.of("");
    private static Path theirs = Path.of("");
    private static Path moved = Path.of("");

    private @TempDir Path folder = Path.of("");

    @BeforeAll
    static void issue() throws IOException {
        ours = issued("ours", "127.0.0.1", Members.NAMES);
        theirs = issued("theirs", "127.0.0.1", List.of("dc1", "arb"));
        moved = Files.createDirectories(certificates.resolve("moved"));
        for (String name : List.of("ca.crt", "ca.key")) {
            Files.copy(ours.resolve(name), moved.resolve(name));
        }
        Path _ = issued("moved", "198.51.100.1", List.of("arb"));
    }

    private static Path issued(String name, String host, List<String> nodes) throws IOException {
        Path out = certificates.resolve(name);
        try (Authority authority = Authority.in(out, "test")) {
            for (String node : nodes) {
                authority.issue(node, List.of(host), 7);
            }
        }
        return out;
    }

    private static Reply propose(RaftLog log, String site) throws Exception {
        return log.propose(new Command.Report(site, List.of())).get(10, TimeUnit.SECONDS);
    }

    @Test
    void membersOfOneAuthorityAgree() throws Exception {
        try (Trio trio = new Trio(folder, 1000)) {
            Members.NAMES.forEach(name -> trio.certified(name, ours));
            trio.openAll();
            trio.lead("arb");
            assertInstanceOf(Reply.Done.class, propose(trio.log("dc1"), "dc1"));
        }
    }

    @Test
    void anotherAuthoritysMemberIsNotHeard() throws Exception {
        stranger(new Trio(folder, 1000).certified("arb", theirs));
    }

    @Test
    void norIsOneThatTalksInPlainText() throws Exception {
        stranger(new Trio(folder, 1000));
    }

    /** The certificate is ours but another machine's: nobody sends it anything. */
    @Test
    void whatAnotherMachineShowsIsNotBelieved() throws Exception {
        try (Trio trio = new Trio(folder, 1000)) {
            trio.certified("dc1", ours).certified("arb", moved);
            trio.open("dc1");
            trio.open("arb");
            // It reaches dc1, and so it leads; dc1 alone would have no majority.
            trio.lead("arb");
            assertThrows(ExecutionException.class, () -> propose(trio.log("dc1"), "dc1"));
        }
    }

    @Test
    void whatIsWrongBetweenTwoMembersIsSaid() throws Exception {
        try (Trio trio = new Trio(folder, 1000)) {
            trio.certified("dc1", ours).certified("dc2", theirs).certified("arb", moved);
            RaftSettings dc1 = trio.settings("dc1");
            Peers peers = new Peers(dc1, Optional.of(Identity.read(ours, "dc1", Instant.now())));
            String address = trio.settings("arb").listen();
            assertEquals("cannot be reached: Connection refused", peers.fault(address));
            trio.open("arb");
            assertEquals("and this node do not believe each other:"
                    + " (certificate_unknown) No subject alternative names matching"
                    + " IP address 127.0.0.1 found", peers.fault(address));
            trio.open("dc1");
            assertEquals("", peers.fault(dc1.listen()));
            Peers strange = new Peers(dc1,
                    Optional.of(Identity.read(theirs, "dc1", Instant.now())));
            String fault = strange.fault(dc1.listen());
            assertTrue(fault.startsWith("and this node do not believe each other: "), fault);
        }
    }

    private void stranger(Trio members) throws Exception {
        try (Trio trio = members) {
            trio.certified("dc1", ours).certified("dc2", ours);
            trio.openAll();
            String leader = trio.leader();
            assertTrue(List.of("dc1", "dc2").contains(leader), leader);
            assertInstanceOf(Reply.Done.class, propose(trio.log("dc1"), "dc1"));
            assertThrows(ExecutionException.class, () -> propose(trio.log("arb"), "arb"));
            assertEquals(0, trio.log("arb").state().facts().size());
            assertEquals("", trio.log("arb").leader());
        }
    }

    @Test
    void whoShowsNoCertificateIsTurnedAway() throws Exception {
        try (Trio trio = new Trio(folder, 1000).certified("dc1", ours)) {
            trio.open("dc1");
            String listen = trio.settings("dc1").listen();
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca",
                    Identity.read(ours, "dc1", Instant.now()).authority());
            TrustManagerFactory trust = TrustManagerFactory
                    .getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            int port = Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
                    .createSocket("127.0.0.1", port)) {
                // With TLS 1.3 the server's refusal comes after the client's part is over.
                assertThrows(SSLException.class, () -> {
                    socket.startHandshake();
                    while (socket.getInputStream().read() >= 0) {
                        // HTTP/2 may say hello first.
                    }
                });
            }
        }
    }

    @Test
    void whatIsWrongWithACertificateIsOneSentence() throws Exception {
        Path mixed = folder.resolve("mixed");
        Files.createDirectories(mixed);
        Files.copy(ours.resolve("ca.crt"), mixed.resolve("ca.crt"));
        sentence(mixed, "dc1.crt does not exist ('siteswap certs' makes it)");
        Files.copy(theirs.resolve("dc1.crt"), mixed.resolve("dc1.crt"));
        Files.copy(theirs.resolve("dc1.key"), mixed.resolve("dc1.key"));
        sentence(mixed, "dc1.crt is not signed by " + mixed.resolve("ca.crt"));
        Files.delete(mixed.resolve("dc1.crt"));
        Files.copy(ours.resolve("dc1.crt"), mixed.resolve("dc1.crt"));
        sentence(mixed, "dc1.key is not the key of " + mixed.resolve("dc1.crt"));
        Files.writeString(mixed.resolve("dc1.key"), "secret");
        sentence(mixed, "dc1.key holds no private key (expected one in PKCS #8, not encrypted:"
                + " -----BEGIN PRIVATE KEY-----)");
        Files.writeString(mixed.resolve("dc1.crt"), "certificate");
        sentence(mixed, "dc1.crt holds no certificate");
    }

    private void sentence(Path certificates, String part) throws IOException {
        try (Trio trio = new Trio(folder, 1000).certified("dc1", certificates)) {
            RaftSettings settings = trio.settings("dc1");
            IOException failure = assertThrows(IOException.class,
                    () -> RaftLog.open(settings, new Ear()).close());
            String message = String.valueOf(failure.getMessage());
            assertTrue(message.contains(part) && message.lines().count() == 1, message);
        }
    }

    @Test
    void whatHasEndedIsRefused() throws Exception {
        IOException failure = assertThrows(IOException.class,
                () -> Identity.read(ours, "dc1", Instant.now().plusSeconds(8 * 86_400)));
        assertTrue(String.valueOf(failure.getMessage()).contains("dc1.crt is valid from "),
                failure.getMessage());
    }
}
