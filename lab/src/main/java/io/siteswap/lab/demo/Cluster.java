package io.siteswap.lab.demo;

import io.siteswap.lab.LabFailure;
import io.siteswap.lab.client.AppServer;
import io.siteswap.lab.client.Internet;
import io.siteswap.lab.demo.Layout.Place;
import io.siteswap.lab.forwarder.ForwarderMain;
import io.siteswap.lab.postgres.Server;
import io.siteswap.monitor.app.Siteswap;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Every process of the demo and the wires between them. */
final class Cluster implements AutoCloseable {
    private static final int MONITOR_HEAP = 256;
    private static final int SPEAKER_HEAP = 96;
    private static final int SMALL_HEAP = 48;

    private final Layout layout;
    private final RunFolder folder;
    private final boolean haproxy;
    private final Databases databases;
    private final Links links;
    private final List<Child> children = new CopyOnWriteArrayList<>();

    /** Lays wires and writes files; starts nothing yet. */
    Cluster(Layout layout, RunFolder folder, boolean haproxy) throws IOException {
        this.layout = layout;
        this.folder = folder;
        this.haproxy = haproxy;
        this.databases = Databases.of(layout);
        ClusterFiles.write(layout, databases);
        this.links = new Links(layout);
    }

    Databases databases() {
        return databases;
    }

    Links links() {
        return links;
    }

    /** @param onLine told each line that the Internet's process prints */
    void startInternet(Consumer<String> onLine) {
        List<String> args = new ArrayList<>(List.of(layout.dir(Place.INTERNET).toString(),
                layout.at(Place.INTERNET), String.valueOf(Layout.BGP), String.valueOf(Layout.DOOR),
                Layout.PREFIX, String.valueOf(Layout.SITE_AS)));
        for (Place site : Layout.DATACENTERS) {
            String link = layout.link(Place.INTERNET, site);
            args.add(String.join(",", site.lower(), link, layout.at(site), link));
        }
        Path log = layout.dir(Place.INTERNET).resolve("internet.log");
        Child internet = Child.startRead("internet", Place.INTERNET,
                Child.java(layout.hosts(Place.INTERNET), SPEAKER_HEAP, Internet.class, args), log);
        keep(internet);
        Thread.ofPlatform().daemon().name("internet's lines").start(() -> {
            try (BufferedReader lines = internet.process().inputReader()) {
                lines.lines().forEach(onLine);
            } catch (IOException | java.io.UncheckedIOException ended) {
                // The process was stopped.
            }
        });
    }

    /** Everything of a datacenter except its database and its monitor. */
    void startServing(Place site) throws IOException {
        startJava(site, "speaker", SPEAKER_HEAP, Siteswap.class, List.of("speaker", "--config",
                layout.config().toString(), "--node", site.lower()));
        startApp(site, "app1", Layout.APP1);
        startApp(site, "app2", Layout.APP2);
        startBalancer(site);
    }

    private void startApp(Place site, String name, int port) {
        startJava(site, name, SMALL_HEAP, AppServer.class, List.of(site.lower(), layout.at(site),
                String.valueOf(port), databases.at(site).url(), Server.USER, Server.PASSWORD));
    }

    private void startBalancer(Place site) throws IOException {
        boolean active = site == Place.DC1;
        if (haproxy) {
            keep(Child.start(site.lower() + " lb", site, List.of("haproxy", "-db", "-f",
                    ClusterFiles.haproxy(layout, site, active).toString()), log(site, "lb")));
            return;
        }
        Place other = Layout.other(site);
        String own = layout.at(site);
        startJava(site, "lb", SMALL_HEAP, ForwarderMain.class,
                List.of(own + ":" + Layout.DOOR, layout.balancerSocket(site).toString(), "shop",
                        "app1=" + own + ":" + Layout.APP1 + (active ? "" : ",maint"),
                        "app2=" + own + ":" + Layout.APP2 + (active ? "" : ",maint"),
                        other.lower() + "=" + layout.link(site, other) + ":" + Layout.DOOR
                                + ",remote" + (active ? ",maint" : "")));
    }

    void startMonitor(Place site) {
        startJava(site, "monitor", MONITOR_HEAP, Siteswap.class,
                List.of("run", "--config", layout.config().toString(), "--node", site.lower()));
    }

    private void startJava(Place site, String name, int heap, Class<?> main, List<String> args) {
        keep(Child.start(site.lower() + " " + name, site,
                Child.java(layout.hosts(site), heap, main, args), log(site, name)));
    }

    private Path log(Place site, String name) {
        return layout.dir(site).resolve(name + ".log");
    }

    private void keep(Child child) {
        children.add(child);
        folder.add(child.name(), child.process().toHandle());
    }

    /** Power loss: silence first, so that nobody hears how the processes die. */
    void powerOff(Place site) {
        links.cut(site);
        children.stream().filter(child -> child.place() == site).forEach(Child::kill);
        databases.kill(site);
        children.removeIf(child -> child.place() == site);
    }

    /** Power is back. The database is the monitor's to start: nothing starts it at boot. */
    void powerOn(Place site) throws IOException {
        links.powerOn(site);
        startServing(site);
        startMonitor(site);
    }

    /** kill -9 of one process, e.g. {@code dc1 app1}. */
    void kill(String name) {
        children.stream().filter(child -> child.name().equals(name)).forEach(Child::kill);
        children.removeIf(child -> child.name().equals(name));
    }

    /** A process that ended by itself, with its log. */
    Optional<String> casualty() {
        return children.stream().filter(child -> !child.alive()).findFirst()
                .map(child -> child.name() + " ended with exit code "
                        + child.process().exitValue() + lastLine(child.log()));
    }

    private static String lastLine(Path log) {
        try {
            return Files.readAllLines(log).stream().filter(line -> !line.isBlank())
                    .reduce((a, b) -> b).map(line -> ": " + line).orElse("");
        } catch (IOException unreadable) {
            return "";
        }
    }

    void startDatabases() throws InterruptedException {
        try {
            databases.start();
            for (Place site : Layout.DATACENTERS) {
                databases.at(site).processes().stream().findFirst()
                        .ifPresent(postmaster -> folder.add(site.lower() + " db", postmaster));
            }
        } catch (IOException | SQLException e) {
            throw new LabFailure("PostgreSQL did not start (" + e.getMessage() + "): see "
                    + databases.dc1().dir().resolve("log"), e);
        }
    }

    @Override
    public void close() {
        children.forEach(Child::kill);
        folder.killAll();
        links.close();
    }
}
