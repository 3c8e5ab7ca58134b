package io.siteswap.bgp.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** BIRD 2. It is told by a new configuration file and {@code configure}. */
final class Bird extends ForeignSpeaker {

    static final Program PROGRAM = new Program("bird", "bird2", "bird", "--version");

    private static final Pattern PAIR = Pattern.compile("\\((\\d+),(\\d+)\\)");

    private final Map<String, Sent> routes = new LinkedHashMap<>();

    /** More of its configuration. */
    private final String more;

    Bird(Setup setup) {
        this(setup, "");
    }

    Bird(Setup setup, String more) {
        super(setup);
        this.more = more;
    }

    @Override
    Process launch() throws IOException {
        return run(List.of("bird", "-f", "-c", write("bird.conf", config(List.of())).toString(),
                "-s", setup.dir().resolve("bird.ctl").toString()));
    }

    private String config(List<Sent> announced) {
        String family = setup.six() ? "ipv6" : "ipv4";
        StringBuilder statics = new StringBuilder();
        for (Sent route : announced) {
            statics.append("  route ").append(route.prefix()).append(" blackhole {");
            List<Long> path = new ArrayList<>(route.path()).reversed();
            path.forEach(as -> statics.append(" bgp_path.prepend(").append(as).append(");"));
            route.communities().forEach(c -> statics.append(" bgp_community.add((")
                    .append(c.replace(':', ',')).append("));"));
            statics.append(" };\n");
        }
        return """
                log stderr all;
                router id %s;
                protocol device { }
                protocol static { %s;
                %s}
                protocol bgp siteswap {
                  local %s port %d as %d;
                  neighbor %s port %d as %d;
                  %s
                  strict bind yes;
                  passive %s;
                  hold time 3;
                  connect delay time 1;
                  connect retry time 1;
                  error wait time 1, 2;
                  %s { import all; export all; };
                }
                """.formatted(setup.routerId(), family, statics, setup.address(), setup.port(),
                setup.as(), setup.ourAddress(), setup.ourPort(), setup.ourAs(),
                options(), setup.passive() ? "on" : "off", family) + more;
    }

    private String options() {
        Extras extras = setup.extras();
        return "multihop 2;" + (extras.ttlSecurity() ? " ttl security on;" : "")
                + extras.passwordLine(" password \"%s\";") + extras.roleLine(" local role %s;")
                + " enable extended messages on;" + extras.restart()
                        .map(time -> " graceful restart on; graceful restart time " + time + ";")
                        .orElse("");
    }

    String birdc(String... words) throws IOException {
        List<String> argv = new ArrayList<>(
                List.of("birdc", "-s", setup.dir().resolve("bird.ctl").toString()));
        argv.addAll(List.of(words));
        return ask(argv.toArray(new String[0]));
    }

    @Override
    boolean answers() throws IOException {
        return birdc("show", "status").contains("up and running");
    }

    @Override
    boolean established() throws IOException {
        return birdc("show", "protocols", "siteswap").contains("Established");
    }

    @Override
    Optional<Seen> seen(String prefix) throws IOException {
        String text = birdc("show", "route", prefix, "protocol", "siteswap", "all");
        if (!text.contains(prefix)) {
            return Optional.empty();
        }
        List<String> communities = new ArrayList<>();
        Matcher pairs = PAIR.matcher(line(text, "BGP.community:"));
        while (pairs.find()) {
            communities.add(pairs.group(1) + ":" + pairs.group(2));
        }
        return Optional.of(new Seen(numbers(line(text, "BGP.as_path:")), communities,
                line(text, "BGP.next_hop:")));
    }

    private static String line(String text, String key) {
        return text.lines().filter(line -> line.contains(key)).findFirst()
                .map(line -> line.substring(line.indexOf(key) + key.length()).strip()).orElse("");
    }

    @Override
    void announce(Sent route) throws IOException {
        routes.put(route.prefix(), route);
        configure();
    }

    @Override
    void withdraw(String prefix) throws IOException {
        routes.remove(prefix);
        configure();
    }

    private void configure() throws IOException {
        write("bird.conf", config(List.copyOf(routes.values())));
        String said = birdc("configure");
        if (!said.contains("Reconfigur")) {
            throw new IOException("BIRD refused: " + said);
        }
    }

    @Override
    void refresh() throws IOException {
        birdc("reload", "in", "siteswap");
    }

    @Override
    void shutdown(String message) throws IOException {
        birdc("disable", "siteswap", "\"" + message + "\"");
    }

    @Override
    String lastError() throws IOException {
        return line(birdc("show", "protocols", "all", "siteswap"), "Last error:") + " "
                + birdc("show", "protocols", "siteswap");
    }
}
