package io.siteswap.monitor.action;

import io.siteswap.monitor.config.ClusterConfig.ResourceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A real mariadbd on a free port of 127.0.0.1, read-only from its start, with a binary log. */
public final class LocalMariadb implements AutoCloseable {

    private static final String DAEMON = "/usr/sbin/mariadbd";

    /** One statement per line, as {@code init_file} wants them; not replicated. */
    private static final List<String> ACCOUNTS = List.of("SET SESSION sql_log_bin=0;",
            "CREATE OR REPLACE USER siteswap@'%' IDENTIFIED BY 'secret';",
            "GRANT READ ONLY ADMIN, CONNECTION ADMIN, REPLICATION SLAVE ADMIN, SLAVE MONITOR,"
                    + " BINLOG MONITOR, PROCESS, RELOAD ON *.* TO siteswap@'%';",
            "GRANT ALL ON shop.* TO siteswap@'%';",
            "CREATE OR REPLACE USER repl@'%' IDENTIFIED BY 'secret';",
            "GRANT REPLICATION SLAVE ON *.* TO repl@'%';",
            "CREATE OR REPLACE USER app@'%' IDENTIFIED BY 'secret';",
            "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, LOCK TABLES ON shop.* TO app@'%';",
            "CREATE DATABASE IF NOT EXISTS shop;");

    private static Optional<Path> template = Optional.empty();

    private final Path folder;
    private final int port;
    private final int serverId;
    private Process process;

    private LocalMariadb(Path folder, int port, int serverId) throws IOException {
        this.folder = folder;
        this.port = port;
        this.serverId = serverId;
        this.process = launch();
    }

    public static void require() {
        Programs.require(DAEMON, "mariadb-server");
    }

    /** With accounts {@code siteswap}, {@code app} and {@code repl}, password {@code secret}. */
    public static LocalMariadb start(int serverId) throws Exception {
        Path folder = Programs.folder("mariadb");
        Programs.run(Programs.unprivileged(List.of("cp", "-r", template().toString(),
                folder.resolve("data").toString())));
        Files.writeString(folder.resolve("accounts.sql"), String.join("\n", ACCOUNTS) + "\n");
        LocalMariadb server = new LocalMariadb(folder, Programs.freePort(), serverId);
        try {
            Programs.await("mariadbd answers", Duration.ofSeconds(30), () -> {
                server.connect("siteswap").close();
                return true;
            });
            return server;
        } catch (AssertionError | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    // Making system tables takes seconds, copying them does not.
    private static synchronized Path template() throws Exception {
        if (template.isEmpty()) {
            Path folder = Programs.folder("mariadb-template");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Programs.forget(folder)));
            Programs.run(Programs.unprivileged(List.of("mariadb-install-db", "--no-defaults",
                    "--datadir=" + folder.resolve("data"), "--skip-test-db",
                    "--auth-root-authentication-method=normal", "--innodb-log-file-size=8M")));
            template = Optional.of(folder.resolve("data"));
        }
        return template.get();
    }

    private Process launch() throws IOException {
        Files.deleteIfExists(folder.resolve("error.log"));
        return Programs.start(command(), folder.resolve("mariadbd.log"));
    }

    List<String> command() {
        return Programs.unprivileged(List.of(DAEMON, "--no-defaults",
                "--datadir=" + folder.resolve("data"), "--socket=" + folder.resolve("m.sock"),
                "--pid-file=" + folder.resolve("m.pid"), "--port=" + port,
                "--bind-address=127.0.0.1", "--server-id=" + serverId, "--log-bin=binlog",
                "--log-slave-updates", "--gtid-strict-mode=1", "--read-only=1",
                "--skip-name-resolve", "--skip-slave-start", "--slave-net-timeout=4",
                "--innodb-buffer-pool-size=16M", "--innodb-log-file-size=8M",
                "--performance-schema=off", "--init-file=" + folder.resolve("accounts.sql")));
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    public String url() {
        return "jdbc:mariadb://127.0.0.1:" + port + "/shop";
    }

    public Connection connect(String user) throws SQLException {
        return DriverManager.getConnection(url() + "?connectTimeout=5000", user, "secret");
    }

    public void execute(String user, String statement) throws SQLException {
        try (Connection connection = connect(user); Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    public long count(String query) throws SQLException {
        try (Connection connection = connect("siteswap");
                Statement ask = connection.createStatement();
                var row = ask.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Settings of the resource at this server's site. */
    public ResourceSettings.Mariadb settings(LocalMariadb source) {
        return new ResourceSettings.Mariadb(url(), "siteswap", "secret",
                "127.0.0.1:" + source.port, "repl", "secret", List.of(),
                List.of("kill", "-KILL", String.valueOf(pid())), List.of());
    }

    public void signal(String signal) throws IOException, InterruptedException {
        Programs.run(List.of("kill", "-" + signal, String.valueOf(pid())));
    }

    @Override
    public void close() throws IOException {
        Programs.kill(process.toHandle());
        Programs.delete(folder);
    }
}
