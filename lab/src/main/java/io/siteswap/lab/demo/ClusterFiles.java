package io.siteswap.lab.demo;

import io.siteswap.lab.demo.Layout.Place;
import io.siteswap.lab.postgres.Server;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the files that the processes read: the cluster's one siteswap.yaml, hosts, haproxy.cfg. */
final class ClusterFiles {

    private ClusterFiles() {
    }

    static void write(Layout layout, Databases databases) throws IOException {
        Files.writeString(layout.config(), cluster(layout, databases));
        for (Place site : Place.values()) {
            Files.createDirectories(layout.dir(site));
            Files.writeString(layout.hosts(site), hosts(layout, site));
        }
    }

    /** Host names mean different addresses at each site, so that the configuration is one. */
    static String hosts(Layout layout, Place site) {
        StringBuilder hosts = new StringBuilder("127.0.0.1 localhost\n");
        for (Place to : Place.values()) {
            hosts.append(layout.link(site, to)).append(' ').append(to.lower()).append('\n');
        }
        return hosts.toString();
    }

    static String cluster(Layout layout, Databases databases) {
        return """
                # The demo's cluster. Host names lead through links that can be cut.
                cluster: shop
                data-dir: %s
                sites:
                  dc1: {}
                  dc2: {}
                  arb: {role: arbiter}
                nodes:
                %s%s%sservices:
                  shop:
                    prefixes: ["%s"]
                    sites: [dc1, dc2]
                    resources:
                      - name: db
                        kind: postgresql
                        at:
                %s%s      - name: lb
                        kind: haproxy
                        at:
                %s%s    apps:
                %s%s    outside:
                      dc1: "tcp://dc1:%d"
                      dc2: "tcp://dc2:%d"
                """.formatted(layout.dir().resolve("state"), node(layout, Place.DC1),
                node(layout, Place.DC2), node(layout, Place.ARB), Layout.PREFIX,
                database(databases, Place.DC1), database(databases, Place.DC2),
                balancer(layout, Place.DC1), balancer(layout, Place.DC2),
                apps(layout, Place.DC1), apps(layout, Place.DC2), Layout.DOOR, Layout.DOOR);
    }

    private static String node(Layout layout, Place site) {
        String own = layout.at(site);
        String node = """
                  %1$s:
                    site: %1$s
                    raft: "%1$s:%3$d"
                    raft-listen: "%2$s:%3$d"
                    heartbeat: "%1$s:%4$d"
                    heartbeat-listen: "%2$s:%4$d"
                    api: "%2$s:%5$d"
                """.formatted(site.lower(), own, Layout.RAFT, Layout.HEARTBEAT, Layout.API);
        String speaker = """
                    speaker:
                      as: %d
                      router-id: 198.18.%s.1
                      hold: 3s
                      neighbors:
                        - {name: internet, address: %s, port: %d, as: %d, local: %s}
                """.formatted(Layout.SITE_AS, site == Place.DC1 ? "1" : "2",
                layout.link(site, Place.INTERNET), Layout.BGP, Layout.INTERNET_AS, own);
        return site == Place.ARB ? node : node + speaker;
    }

    private static String database(Databases databases, Place site) {
        Server server = databases.at(site);
        String control = server.control().toString();
        return """
                %1$s:
                  url: "%2$s"
                  user: %3$s
                  password: %4$s
                  start: ["%5$s", start]
                  stop: ["%5$s", stop]
                  fence: ["%5$s", fence]
                  follow: ["%5$s", follow]
                  resync: ["%5$s", resync]
                """.formatted(site.lower(), server.url(), Server.USER, Server.PASSWORD, control)
                .indent(10);
    }

    private static String balancer(Layout layout, Place site) {
        return """
                %s: {socket: "%s", frontend: shop, backend: shop, local: [app1, app2], remote: [%s]}
                """.formatted(site.lower(), layout.balancerSocket(site),
                Layout.other(site).lower()).indent(10);
    }

    private static String apps(Layout layout, Place site) {
        return """
                %1$s:
                  - {name: app1, probe: "http://%2$s:%3$d/health"}
                  - {name: app2, probe: "http://%2$s:%4$d/health"}
                """.formatted(site.lower(), layout.at(site), Layout.APP1, Layout.APP2).indent(6);
    }

    /** See docs/haproxy.md: the hold keeps requests waiting while no server is in use. */
    static Path haproxy(Layout layout, Place site, boolean active) throws IOException {
        Path lua = layout.dir(site).resolve("siteswap_hold.lua");
        try (InputStream in = ClusterFiles.class.getResourceAsStream("/siteswap_hold.lua")) {
            Files.write(lua, in == null ? new byte[0] : in.readAllBytes());
        }
        String own = layout.at(site);
        return Files.writeString(layout.dir(site).resolve("haproxy.cfg"), """
                global
                    stats socket %s mode 600 level admin
                    lua-load %s
                    maxconn 2000
                defaults
                    mode http
                    timeout connect 1s
                    timeout client 20s
                    timeout server 20s
                    retries 3
                    option redispatch 1
                frontend shop
                    bind %s:%d
                    # Both sites send traffic to each other while neither is active: do not circle.
                    http-request return status 503 content-type text/plain string "no active site" \
                if { src %s } { srv_is_up(shop/%s) }
                    http-request lua.siteswap_hold shop 15000 if { nbsrv(shop) eq 0 }
                    default_backend shop
                backend shop
                    option redispatch 1
                    server app1 %s:%d check inter 500ms fall 2 rise 1%s
                    server app2 %s:%d check inter 500ms fall 2 rise 1%s
                    server %s %s:%d check inter 500ms fall 2 rise 1%s
                """.formatted(layout.balancerSocket(site), lua, own, Layout.DOOR,
                layout.link(site, Layout.other(site)), Layout.other(site).lower(), own,
                Layout.APP1,
                active ? "" : " disabled", own, Layout.APP2, active ? "" : " disabled",
                Layout.other(site).lower(), layout.link(site, Layout.other(site)), Layout.DOOR,
                active ? " disabled" : ""));
    }
}
