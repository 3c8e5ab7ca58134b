package io.siteswap.monitor.action;

import com.sun.net.httpserver.HttpServer;
import io.siteswap.monitor.config.HostPort;
import io.siteswap.monitor.probe.HaproxySocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A real HAProxy with the shipped {@code agent-check.cfg}: servers {@code app1} and {@code app2} in
 * the backend {@code shop} are one small web server. In the backend {@code asking-the-api} it is
 * looked at as docs/haproxy.md says for a node without a guard.
 */
public final class AskingHaproxy implements AutoCloseable {

    private static final Path EXAMPLES = Path.of("../examples/haproxy").toAbsolutePath()
            .normalize();

    private final Path folder;
    private final HttpServer app;
    private final Process process;
    private final HaproxySocket runtime;

    private AskingHaproxy(Path folder, HostPort guard, String api) throws IOException {
        this.folder = folder;
        this.app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 9);
        app.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        app.start();
        Path file = folder.resolve("haproxy.cfg");
        Files.writeString(file, configuration(guard, api));
        this.process = Programs.start(List.of("/usr/sbin/haproxy", "-db", "-f", file.toString()),
                folder.resolve("haproxy.log"));
        this.runtime = new HaproxySocket(folder.resolve("siteswap.sock").toString());
    }

    /**
     * Starts.
     *
     * @param guard {@code agent-check} of the node
     * @param api {@code api} of the node
     */
    public static AskingHaproxy start(HostPort guard, String api) throws Exception {
        AskingHaproxy all = new AskingHaproxy(Files.createTempDirectory("siteswap-haproxy"), guard,
                api);
        Programs.await("haproxy answers", Duration.ofSeconds(30),
                () -> !all.status("app1").isEmpty());
        return all;
    }

    private String configuration(HostPort guard, String api) throws IOException {
        String server = "127.0.0.1:" + app.getAddress().getPort();
        String shipped = Files.readString(EXAMPLES.resolve("agent-check.cfg"))
                .replace("/etc/haproxy", EXAMPLES.toString())
                .replace("/run/haproxy", folder.toString())
                .replace("198.51.100.10:80", "127.0.0.1:" + Programs.freePort())
                .replace("127.0.0.1 port 7104", guard.host() + " port " + guard.port())
                .replace("127.0.0.1 agent-port 7104", guard.host() + " agent-port " + guard.port())
                .replace("198.51.100.11:8080", server).replace("198.51.100.12:8080", server);
        return shipped + """
                backend asking-the-api
                    option httpchk
                    http-check connect addr %s port %d
                    http-check send meth GET uri /api/active/shop
                    http-check expect status 200
                    http-check connect
                    http-check send meth GET uri /health
                    http-check expect status 200
                    server app1 %s check inter 200ms fall 4 rise 1
                """.formatted(HostPort.parse(api).host(), HostPort.parse(api).port(), server);
    }

    /** Status of a server in the backend {@code shop} as the statistics page has it. */
    public String status(String server) throws IOException {
        return cell("shop", server, "status");
    }

    /** The same in the backend that asks the API. */
    public String statusByApi() throws IOException {
        return cell("asking-the-api", "app1", "status");
    }

    /** What the agent said last of a server, behind the sharp. */
    public String reason(String server) throws IOException {
        return cell("shop", server, "last_agt");
    }

    private String cell(String backend, String server, String column) throws IOException {
        List<String> lines = runtime.ask("show stat").lines().toList();
        int at = Arrays.asList(lines.getFirst().split(",")).indexOf(column);
        return lines.stream().map(line -> line.split(",", -1))
                .filter(cell -> cell[0].endsWith(backend) && cell[1].equals(server))
                .map(cell -> cell[at]).findFirst().orElse("");
    }

    /** A command for the runtime API. */
    public String ask(String command) throws IOException {
        return runtime.ask(command);
    }

    @Override
    public void close() throws IOException {
        Programs.kill(process.toHandle());
        app.stop(0);
        Programs.delete(folder);
    }
}
