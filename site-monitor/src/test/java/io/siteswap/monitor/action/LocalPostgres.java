package io.siteswap.monitor.action;

import io.siteswap.monitor.config.ClusterConfig.ResourceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** A real PostgreSQL server on a free port of 127.0.0.1. */
public final class LocalPostgres implements AutoCloseable {

    private static final String BIN = "/usr/lib/postgresql/15/bin/";

    private static Optional<Path> template = Optional.empty();

    private final Path folder;
    private final int port;

    private LocalPostgres(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    public static void require() {
        Programs.require(BIN + "postgres", "postgresql-15");
    }

    /** A fresh primary, started, with superuser {@code siteswap}, password {@code secret}. */
    public static LocalPostgres primary() throws Exception {
        LocalPostgres server = new LocalPostgres(Programs.folder("postgres"), Programs.freePort());
        Programs.run(Programs.unprivileged(
                List.of("cp", "-a", template().toString(), server.data())));
        Files.writeString(Path.of(server.data(), "postgresql.conf"), """
                listen_addresses = '127.0.0.1'
                wal_level = replica
                hot_standby = on
                wal_log_hints = on
                wal_keep_size = 64MB
                max_wal_senders = 8
                shared_buffers = 16MB
                fsync = off
                wal_retrieve_retry_interval = 100ms
                """);
        Programs.run(server.start());
        return server;
    }

    /** A fresh standby of the primary, started. */
    public static LocalPostgres standby(LocalPostgres primary) throws Exception {
        LocalPostgres server = new LocalPostgres(Programs.folder("postgres"), Programs.freePort());
        Programs.run(server.baseBackup(primary));
        Programs.run(server.start());
        return server;
    }

    private static synchronized Path template() throws Exception {
        if (template.isEmpty()) {
            Path folder = Programs.folder("postgres-template");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Programs.forget(folder)));
            Path password = folder.resolve("password");
            Files.writeString(password, "secret");
            Programs.run(Programs.unprivileged(List.of(BIN + "initdb", "-D", folder + "/data",
                    "-U", "siteswap", "--pwfile=" + password, "-A", "md5", "--no-sync")));
            template = Optional.of(folder.resolve("data"));
        }
        return template.get();
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private String conninfo() {
        return "host=127.0.0.1 port=" + port + " user=siteswap password=secret";
    }

    private List<String> baseBackup(LocalPostgres primary) {
        return Programs.unprivileged(List.of(BIN + "pg_basebackup", "-D", data(), "-R", "-X",
                "stream", "-c", "fast", "-d", primary.conninfo()));
    }

    private List<String> pgCtl(String... words) {
        List<String> all = new java.util.ArrayList<>(List.of(BIN + "pg_ctl", "-D", data(), "-s"));
        all.addAll(List.of(words));
        return Programs.unprivileged(all);
    }

    private List<String> start() {
        return pgCtl("-w", "-l", folder.resolve("server.log").toString(), "-o",
                "-p " + port + " -k " + folder, "start");
    }

    /** Settings of the resource at this server's site. */
    public ResourceSettings.Postgresql settings(LocalPostgres source) {
        String follow = "touch " + data() + "/standby.signal && echo \"primary_conninfo = '"
                + source.conninfo() + "'\" >> " + data() + "/postgresql.auto.conf && "
                + String.join(" ", quoted(pgCtlPlain("-w", "-l", folder + "/server.log", "-o",
                        "-p " + port + " -k " + folder, "start")));
        // The lock of a killed server names a process that its parent may not have reaped yet.
        String resync = "rm -rf " + data() + " " + folder + "/.s.PGSQL.* && "
                + String.join(" ", quoted(plain(baseBackup(source)))) + " && " + String.join(" ",
                        quoted(pgCtlPlain("-w", "-l", folder + "/server.log", "-o",
                                "-p " + port + " -k " + folder, "start")));
        return new ResourceSettings.Postgresql(url(), "siteswap", "secret", start(),
                pgCtl("-m", "fast", "-w", "-t", "10", "stop"),
                Programs.unprivileged(List.of("sh", "-c",
                        "p=$(head -1 " + data() + "/postmaster.pid); "
                                + "kill -KILL $p $(ps -o pid= --ppid $p)")),
                Programs.unprivileged(List.of("sh", "-c", follow)),
                Programs.unprivileged(List.of("sh", "-c", resync)));
    }

    private List<String> pgCtlPlain(String... words) {
        return plain(pgCtl(words));
    }

    // Inside a command that already runs without privileges.
    private static List<String> plain(List<String> command) {
        return Programs.root() ? command.subList(4, command.size()) : command;
    }

    private static List<String> quoted(List<String> words) {
        return words.stream().map(word -> "'" + word + "'").toList();
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public int port() {
        return port;
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url() + "?connectTimeout=5", "siteswap", "secret");
    }

    public void execute(String statement) throws SQLException {
        try (Connection connection = connect(); Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    public long count(String query) throws SQLException {
        try (Connection connection = connect();
                Statement ask = connection.createStatement();
                var row = ask.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private ProcessHandle postmaster() throws IOException {
        String pid = Files.readString(Path.of(data(), "postmaster.pid")).lines().findFirst()
                .orElseThrow();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    /** Sends a signal to the server and all its processes. */
    public void signal(String signal) throws IOException, InterruptedException {
        ProcessHandle postmaster = postmaster();
        List<String> command = new java.util.ArrayList<>(List.of("kill", "-" + signal,
                String.valueOf(postmaster.pid())));
        postmaster.descendants().map(child -> String.valueOf(child.pid())).forEach(command::add);
        Programs.run(command);
    }

    @Override
    public void close() throws IOException {
        try {
            Programs.kill(postmaster());
        } catch (IOException | java.util.NoSuchElementException e) {
            // It is down already.
        }
        Programs.delete(folder);
    }
}
