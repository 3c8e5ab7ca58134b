package io.siteswap.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** BIRD: a static route whose attributes change with {@code configure}. */
final class Bird implements Contender {

    private static final Pattern WHOLE = Pattern.compile("(?s)(.*\\n)?\\d{4} [^\\n]*\\n");
    private static final Pattern IMPORTED = Pattern.compile("Routes:\\s+(\\d+) imported");

    @Override
    public String name() {
        return "bird";
    }

    @Override
    public Version version() {
        return Version.of("bird2", "bird", "--version");
    }

    @Override
    public Optional<String> cannot(Case which) {
        return Optional.empty();
    }

    @Override
    public Daemon start(Setup setup) throws IOException {
        return new Running(setup);
    }

    private static String config(Setup setup, int hops) {
        boolean watched = setup.role() == Role.WATCHED;
        var text = new StringBuilder("""
                router id 198.18.0.1;
                protocol device { }
                """);
        if (setup.role() == Role.WATCHED) {
            text.append("protocol bfd { multihop { interval 50 ms; multiplier 3; }; }\n");
        }
        if (setup.role() == Role.ORIGIN || setup.role() == Role.WATCHED) {
            text.append("""
                    protocol static {
                      ipv4;
                      route %s blackhole { %s };
                    }
                    """.formatted(PREFIX, ("bgp_path.prepend(" + AS + "); ").repeat(hops - 1)));
        }
        for (int i = 0; i < setup.peers().size(); i++) {
            text.append("""
                    protocol bgp p%d {
                      local %s as %d;
                      neighbor %s as %d;
                      passive on;
                      hold time 600;%s
                      ipv4 { import %s; export %s; };
                    }
                    """.formatted(i, watched ? TestBed.watched(i) : TestBed.DAEMON_ADDRESS, AS,
                    setup.peers().get(i).address().getHostAddress(),
                    setup.peers().get(i).as(), watched ? " multihop; bfd on;" : "",
                    setup.role() == Role.TABLE || setup.role() == Role.TRANSIT ? "all" : "none",
                    setup.role() == Role.TABLE ? "none" : "all"));
        }
        return text.toString();
    }

    private static final class Running extends Daemon {
        private final Setup setup;
        private final Path socket;

        Running(Setup setup) throws IOException {
            super(setup.folder(), List.of("bird", "-f", "-c", written(setup, 1).toString(), "-s",
                    setup.folder().resolve("bird.ctl").toString()));
            this.setup = setup;
            this.socket = setup.folder().resolve("bird.ctl");
        }

        private static Path written(Setup setup, int hops) throws IOException {
            return Files.writeString(setup.folder().resolve("bird.conf"), config(setup, hops));
        }

        private String ask(String command) throws IOException {
            try (var control = new ControlSocket(socket, text -> WHOLE.matcher(text).matches())) {
                control.answer();
                return control.ask(command + "\n");
            }
        }

        @Override
        long received() throws IOException {
            long sum = 0;
            var matcher = IMPORTED.matcher(ask("show protocols all"));
            while (matcher.find()) {
                sum += Long.parseLong(matcher.group(1));
            }
            return sum;
        }

        @Override
        void announce(int hops) throws IOException {
            written(setup, hops);
            var answer = ask("configure");
            if (!answer.contains("Reconfigur")) {
                throw new IOException("BIRD refused to reconfigure: " + answer);
            }
        }
    }
}
