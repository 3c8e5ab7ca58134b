package io.siteswap.lab.postgres;

import java.nio.file.Path;

/** The commands that the site monitor's PostgreSQL agent calls, as one shell script per site. */
final class ControlScript {

    private ControlScript() {
    }

    static String of(Server server, Path sourceData) {
        Path bin = server.home().resolve("bin");
        return """
                #!/bin/sh
                # PostgreSQL of site %s. Every verb is idempotent.
                data='%s'
                log='%s'
                ctl() { %s '%s/pg_ctl' -D "$data" "$@"; }
                # A postmaster that was killed leaves its pid file behind, and pg_ctl only looks
                # whether a process of that number lives, whoever it is.
                running() {
                    pid=$(head -n 1 "$data/postmaster.pid" 2>/dev/null) || return 1
                    tr '\\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF -- "$data"
                }
                start() {
                    running && return
                    rm -f "$data/postmaster.pid"
                    ctl -w -t 20 -s -l "$log" -o "-c config_file='%s'" start
                }
                standby() { %s touch "$data/standby.signal"; }
                case "$1" in
                    start) start ;;
                    stop) ! running || ctl -w -t 20 -s -m fast stop ;;
                    fence) ! running || ctl -w -t 5 -s -m immediate stop ;;
                    follow)
                        ! running || [ -e "$data/standby.signal" ] || ctl -w -t 20 -s -m fast stop
                        standby && start ;;
                    resync)
                        ! running || ctl -w -t 20 -s -m immediate stop
                        '%s/bin/java' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m -cp '%s' \\
                            io.siteswap.lab.postgres.OnlineCopy '%s' '%s' "$data" && start ;;
                    status) running ;;
                    *) echo "usage: $0 start|stop|fence|follow|resync|status" >&2; exit 2 ;;
                esac
                """.formatted(server.site(), server.data(), server.dir().resolve("log"),
                String.join(" ", server.account().prefix()), bin,
                server.dir().resolve("postgresql.conf"),
                String.join(" ", server.account().prefix()), System.getProperty("java.home"),
                System.getProperty("java.class.path"), server.url(server.peer(), Server.DATABASE),
                sourceData);
    }
}
