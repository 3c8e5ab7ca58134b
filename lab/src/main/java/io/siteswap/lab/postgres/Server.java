package io.siteswap.lab.postgres;

import io.siteswap.lab.LabFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One site's PostgreSQL server.
 *
 * @param home unpacked {@link Bundle}
 * @param dir folder of this server: {@code data}, its configuration, its log, {@code control}
 * @param peer address at which this site reaches the other site's server
 */
public record Server(String site, Path home, Account account, Path dir, String address, int port,
        String peer) {

    public static final String DATABASE = "shop";
    public static final String USER = "siteswap";
    public static final String PASSWORD = "secret";
    private static final long COMMAND_SECONDS = 60;

    /** The server starts by this script: {@code control start|stop|fence|follow|resync|status}. */
    public Path control() {
        return dir.resolve("control");
    }

    public Path data() {
        return dir.resolve("data");
    }

    public String url() {
        return url(address, DATABASE);
    }

    String url(String host, String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** Creates folder, configuration and script. */
    public void prepare(Path sourceData) throws IOException {
        Files.createDirectories(data().getParent());
        account.own(dir);
        Files.writeString(dir.resolve("postgresql.conf"), configuration());
        Files.writeString(dir.resolve("pg_hba.conf"), """
                host replication all 127.0.0.0/8 scram-sha-256
                host all         all 127.0.0.0/8 scram-sha-256
                """);
        Files.writeString(control(), ControlScript.of(this, sourceData));
        control().toFile().setExecutable(true, false);
    }

    private String configuration() {
        return """
                listen_addresses = '%s'
                port = %d
                unix_socket_directories = ''
                hba_file = '%s'
                shared_buffers = 16MB
                max_connections = 100
                wal_level = replica
                hot_standby = on
                # The standby of a resync starts from WAL written while its copy was made.
                wal_keep_size = 256MB
                wal_receiver_status_interval = 1s
                wal_receiver_timeout = 3s
                wal_retrieve_retry_interval = 200ms
                wal_sender_timeout = 3s
                jit = off
                log_line_prefix = '%%m [%%p] '
                primary_conninfo = 'host=%s port=%d user=%s password=%s application_name=%s \
                connect_timeout=2 sslmode=disable'
                """.formatted(address, port, dir.resolve("pg_hba.conf"), peer, port, USER, PASSWORD,
                site);
    }

    /** Makes a new, empty database cluster. */
    public void initialise() throws IOException, InterruptedException {
        Path password = dir.resolve("password");
        Files.writeString(password, PASSWORD);
        account.own(password);
        List<String> argv = new ArrayList<>(account.prefix());
        argv.addAll(List.of(home.resolve("bin/initdb").toString(), "-D", data().toString(), "-U",
                USER, "--pwfile", password.toString(), "-A", "scram-sha-256", "-E", "UTF8",
                "--locale=C", "--no-sync"));
        run(argv);
    }

    /** Runs a verb of the control script. */
    public void control(String verb) throws IOException, InterruptedException {
        run(List.of(control().toString(), verb));
    }

    private void run(List<String> argv) throws IOException, InterruptedException {
        Path log = dir.resolve("control.log");
        Process process = new ProcessBuilder(argv).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(Path.of("/dev/null").toFile()).start();
        if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new LabFailure("PostgreSQL at " + site + ": " + String.join(" ", argv)
                    + " failed, see " + log);
        }
    }

    /** Database, tables of the application and of the lab's own writers. */
    public void createTables() throws SQLException {
        try (Connection root = connect("postgres", 10)) {
            root.createStatement().execute("create database " + DATABASE);
        }
        try (Connection shop = connect(DATABASE, 10); var statement = shop.createStatement()) {
            statement.execute("create table tx(id bigint primary key, site text not null,"
                    + " at timestamptz not null default clock_timestamp())");
            statement.execute("create table lab_writer(site text, n bigint, primary key(site, n))");
        }
    }

    /** Makes {@code standby} a streaming standby of this stopped server. */
    public void copyStoppedTo(Server standby) throws IOException {
        DataCopy.copy(data(), standby.data());
        Files.createFile(standby.data().resolve("standby.signal"));
        account.own(standby.data().resolve("standby.signal"));
    }

    /** @param timeoutSeconds for connecting and for each answer */
    public Connection connect(String database, int timeoutSeconds) throws SQLException {
        return open(url(address, database), timeoutSeconds);
    }

    static Connection open(String url, int timeoutSeconds) throws SQLException {
        Properties settings = new Properties();
        settings.putAll(Map.of("user", USER, "password", PASSWORD, "sslmode", "disable",
                "gssEncMode", "disable", "connectTimeout", String.valueOf(timeoutSeconds),
                "loginTimeout", String.valueOf(timeoutSeconds), "socketTimeout",
                String.valueOf(timeoutSeconds), "tcpKeepAlive", "true"));
        return DriverManager.getConnection(url, settings);
    }

    /** Process id of the postmaster and of all its children; empty when it does not run. */
    public List<ProcessHandle> processes() {
        try (Stream<String> lines = Files.lines(data().resolve("postmaster.pid"))) {
            long pid = Long.parseLong(lines.findFirst().orElse("0").strip());
            return ProcessHandle.of(pid).filter(this::isOurs).map(
                    postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants())
                            .toList())
                    .orElse(List.of());
        } catch (IOException | NumberFormatException absent) {
            return List.of();
        }
    }

    /** A stale pid file may name a process of somebody else's. */
    private boolean isOurs(ProcessHandle process) {
        try {
            byte[] line = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline"));
            return new String(line, StandardCharsets.UTF_8).contains(data().toString());
        } catch (IOException gone) {
            return false;
        }
    }
}
