package io.siteswap.lab.demo;

import io.siteswap.lab.demo.Layout.Place;
import io.siteswap.lab.postgres.Account;
import io.siteswap.lab.postgres.Bundle;
import io.siteswap.lab.postgres.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** The PostgreSQL servers of both datacenters. */
record Databases(Server dc1, Server dc2) {

    static Databases of(Layout layout) {
        Path home = Bundle.unpacked();
        Account account = Account.choose();
        return new Databases(server(layout, Place.DC1, home, account),
                server(layout, Place.DC2, home, account));
    }

    private static Server server(Layout layout, Place site, Path home, Account account) {
        return new Server(site.lower(), home, account, layout.dir(site).resolve("pg"),
                layout.at(site), Layout.POSTGRES, layout.link(site, Layout.other(site)));
    }

    Server at(Place site) {
        return site == Place.DC2 ? dc2 : dc1;
    }

    /** Makes a primary at dc1 and its streaming standby at dc2, and starts both. */
    void start() throws IOException, InterruptedException, SQLException {
        dc1.prepare(dc2.data());
        dc2.prepare(dc1.data());
        dc1.initialise();
        dc1.control("start");
        dc1.createTables();
        dc1.control("stop");
        dc1.copyStoppedTo(dc2);
        dc1.control("start");
        dc2.control("start");
    }

    /** kill -9 of a whole server. */
    void kill(Place site) {
        at(site).processes().forEach(ProcessHandle::destroyForcibly);
    }
}
