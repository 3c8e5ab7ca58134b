package io.siteswap.monitor.config;

import io.siteswap.bgp.app.NeighborOptions;
import io.siteswap.bgp.app.SpeakerOptions;
import io.siteswap.bgp.bfd.BfdOptions;
import io.siteswap.bgp.bmp.BmpOptions;
import io.siteswap.bgp.bmp.View;
import io.siteswap.bgp.kernel.KernelOptions;
import io.siteswap.bgp.net.TcpOptions;
import io.siteswap.bgp.rib.ImportOptions;
import io.siteswap.bgp.rib.MaxPrefix;
import io.siteswap.bgp.rib.PrefixFilter;
import io.siteswap.bgp.rtr.RtrOptions;
import io.siteswap.bgp.session.RestartOptions;
import io.siteswap.bgp.session.SessionOptions;
import io.siteswap.bgp.speaker.ExportScope;
import io.siteswap.bgp.wire.BgpRole;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.monitor.config.Located.Place;
import io.siteswap.monitor.config.Located.Scalar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a neighbour's block says beyond its address, in the words of the BGP speaker's rooms. */
final class NeighborBinder {

    private static final int WARN_PERCENT = 80;
    private static final Duration RESTART_AFTER = Duration.ofMinutes(10);

    private final Located speaker;
    private final Function<Located, Optional<String>> password;
    private final BiConsumer<Place, String> problems;

    /**
     * @param speaker the block with the defaults for all its neighbours
     * @param password reads a neighbour's password, from its file if need be
     */
    NeighborBinder(Located speaker, Function<Located, Optional<String>> password,
            BiConsumer<Place, String> problems) {
        this.speaker = speaker;
        this.password = password;
        this.problems = problems;
    }

    NeighborOptions options(Located neighbor) {
        NeighborOptions options = NeighborOptions.DEFAULTS.with(tcp(neighbor))
                .with(session(neighbor)).with(imports(neighbor))
                .with(neighbor.text("export").filter("all"::equals).isPresent()
                        ? ExportScope.ALL
                        : ExportScope.OWN);
        return neighbor.get("bfd").map(b -> options.with(bfd(b))).orElse(options);
    }

    /** What the speaker's own block says beside its neighbours. */
    SpeakerOptions speakerOptions(String node, long as) {
        SpeakerOptions options = SpeakerOptions.DEFAULTS.withRanges(
                speaker.items("neighbor-ranges").stream().map(r -> range(r, as)).toList());
        if (speaker.get("flap-budget").isPresent()) {
            Located budget = speaker.get("flap-budget").get();
            options = options.withFlaps(new SpeakerOptions.FlapLimit(
                    number(budget, "changes").orElseThrow(),
                    time(budget, "within").orElseThrow()));
        }
        if (speaker.get("kernel-routes").isPresent()) {
            Located kernel = speaker.get("kernel-routes").get();
            options = options.withKernel(new SpeakerOptions.Kernel(filter(kernel),
                    new KernelOptions(
                            number(kernel, "table").orElse(KernelOptions.MAIN_TABLE),
                            number(kernel, "metric").orElse(KernelOptions.DEFAULT_METRIC))));
        }
        return observed(options, node);
    }

    /** Who else is asked or told about routes. */
    private SpeakerOptions observed(SpeakerOptions options, String node) {
        SpeakerOptions all = speaker.get("rpki").map(r -> options.withRtr(rtr(r)))
                .orElse(options);
        List<BmpOptions.Collector> collectors = speaker.scalars("bmp").stream()
                .map(s -> HostPort.parse(s.text()))
                .map(at -> new BmpOptions.Collector(at.host(), at.port())).toList();
        if (!collectors.isEmpty()) {
            all = all.withBmp(BmpOptions.of(node, collectors)
                    .withViews(Set.of(View.ADJ_IN_PRE, View.ADJ_OUT_POST)));
        }
        Optional<SpeakerOptions.Mrt> mrt = speaker.get("mrt").flatMap(this::mrt);
        return mrt.isPresent() ? all.withMrt(mrt.get()) : all;
    }

    private static SpeakerOptions.Rtr rtr(Located block) {
        return new SpeakerOptions.Rtr(RtrOptions.of(block.scalars("caches").stream()
                .map(s -> HostPort.parse(s.text()))
                .map(at -> new RtrOptions.Cache(at.host(), at.port())).toList()),
                block.text("own-invalid").filter("refuse"::equals).isPresent()
                        ? SpeakerOptions.OwnInvalid.REFUSE
                        : SpeakerOptions.OwnInvalid.WARN);
    }

    private Optional<SpeakerOptions.Mrt> mrt(Located block) {
        return checked(block.at(), Optional.empty(),
                () -> Optional.of(new SpeakerOptions.Mrt(
                        Path.of(block.text("folder").orElseThrow()),
                        flag(block, "updates", true), time(block, "table-every"),
                        SpeakerOptions.Mrt.ROTATE_EVERY,
                        number(block, "keep").orElse(SpeakerOptions.Mrt.KEEP))));
    }

    private SpeakerOptions.Range range(Located range, long ownAs) {
        List<SessionOptions.AsRange> accepted = asRanges(range);
        // The AS that stands for the range decides whether its sessions are internal ones.
        long as = accepted.getFirst().equals(SessionOptions.AsRange.only(ownAs))
                ? ownAs
                : accepted.getFirst().first();
        return new SpeakerOptions.Range(range.text("name").orElseThrow(),
                range.text("range").orElseThrow(), as, number(range, "limit").orElse(100),
                range.text("next-hop"), options(range));
    }

    private TcpOptions tcp(Located neighbor) {
        TcpOptions options = checked(neighbor.at(), TcpOptions.NONE,
                () -> new TcpOptions(password.apply(neighbor),
                        number(neighbor, "ttl-security"), number(neighbor, "multihop")));
        return neighbor.text("interface").map(options::withDevice).orElse(options);
    }

    private SessionOptions session(Located neighbor) {
        SessionOptions options = SessionOptions.DEFAULTS
                .withExtendedMessages(flag(neighbor, "extended-messages", true))
                .withExtendedNextHop(flag(neighbor, "extended-next-hop", false))
                .withAddPathReceive(flag(neighbor, "add-path", false)
                        ? Set.of(Family.values())
                        : Set.of())
                .withBfdStrict(neighbor.get("bfd").filter(b -> flag(b, "strict", false))
                        .isPresent())
                .withAcceptAs(neighbor.field("range").isPresent()
                        ? asRanges(neighbor)
                        : List.of());
        options = time(neighbor, "hold").map(options::withHold).orElse(options);
        options = time(neighbor, "send-hold").map(options::withSendHold).orElse(options);
        options = restart(neighbor).map(options::withGracefulRestart).orElse(options);
        Optional<BgpRole> role = neighbor.text("role")
                .map(r -> BgpRole.valueOf(r.toUpperCase(Locale.ROOT).replace('-', '_')));
        return role.isPresent()
                ? options.withRole(role.get(), flag(neighbor, "strict-role", false))
                : options;
    }

    private Optional<RestartOptions> restart(Located neighbor) {
        return neighbor.get("graceful-restart").or(() -> speaker.get("graceful-restart"))
                .filter(block -> flag(block, "enabled", true)).map(this::restartOptions);
    }

    private RestartOptions restartOptions(Located block) {
        return checked(block.at(), RestartOptions.DEFAULTS, () -> new RestartOptions(
                time(block, "time").orElse(RestartOptions.DEFAULTS.restartTime()),
                flag(block, "forwarding", true), flag(block, "notification", true),
                time(block, "long-lived")));
    }

    private BfdOptions bfd(Located block) {
        BfdOptions defaults = BfdOptions.DEFAULTS;
        return checked(block.at(), defaults,
                () -> new BfdOptions(time(block, "transmit").orElse(defaults.transmit()),
                        time(block, "receive").orElse(defaults.receive()),
                        number(block, "multiplier").orElse(defaults.multiplier()),
                        flag(block, "multihop", false)));
    }

    private ImportOptions imports(Located neighbor) {
        ImportOptions options = ImportOptions.EVERYTHING.withFilter(filter(neighbor))
                .withEnforceFirstAs(flag(neighbor, "enforce-first-as", true))
                .withRejectInvalid(flag(neighbor, "reject-invalid", false))
                .withAllowOwnAs(number(neighbor, "allow-own-as").orElse(0))
                .withMaxPathLength(number(neighbor, "max-path-length")
                        .orElse(ImportOptions.DEFAULT_MAX_PATH_LENGTH));
        return neighbor.get("max-prefix").map(m -> options.withMaxPrefix(maxPrefix(m)))
                .orElse(options);
    }

    private static MaxPrefix maxPrefix(Located block) {
        String action = block.text("action").orElse("stop");
        return new MaxPrefix(number(block, "limit").orElseThrow(),
                number(block, "warn").orElse(WARN_PERCENT),
                action.equals("warn") ? MaxPrefix.Action.WARN : MaxPrefix.Action.STOP,
                action.equals("restart")
                        ? time(block, "restart-after").orElse(RESTART_AFTER)
                        : Duration.ZERO);
    }

    /** From {@code accept} or {@code accept-list}. */
    PrefixFilter filter(Located block) {
        List<Scalar> listed = block.scalars("accept-list");
        if (!listed.isEmpty()) {
            List<PrefixFilter.Rule> rules = new ArrayList<>();
            listed.forEach(line -> rule(line).ifPresent(rules::add));
            return new PrefixFilter(false, rules);
        }
        return switch (block.text("accept").orElse("everything")) {
            case "nothing" -> PrefixFilter.NOTHING;
            case "default-only" -> PrefixFilter.DEFAULT_ONLY;
            case String _ -> PrefixFilter.EVERYTHING;
        };
    }

    /** {@code PREFIX [ge LENGTH] [le LENGTH]}: without lengths, this prefix only. */
    private Optional<PrefixFilter.Rule> rule(Scalar line) {
        List<String> words = List.of(line.text().split(" "));
        return checked(line.at(), Optional.empty(), () -> {
            Prefix prefix = Prefix.parse(words.getFirst());
            int ge = length(words, "ge").orElse(prefix.length());
            int most = words.contains("ge") ? prefix.family().bits() : prefix.length();
            return Optional.of(new PrefixFilter.Rule(prefix, ge,
                    length(words, "le").orElse(most)));
        });
    }

    private static Optional<Integer> length(List<String> words, String word) {
        int at = words.indexOf(word);
        return at < 0 ? Optional.empty() : Optional.of(Integer.valueOf(words.get(at + 1)));
    }

    /** {@code any}, one number, or {@code first-last}. */
    private List<SessionOptions.AsRange> asRanges(Located range) {
        Scalar as = range.scalar("as").orElseThrow();
        if (as.text().equals("any")) {
            return List.of(SessionOptions.AsRange.ANY);
        }
        String[] ends = as.text().split("-");
        long first = Long.parseLong(ends[0]);
        long last = Long.parseLong(ends[ends.length - 1]);
        if (first < 1 || last < first || last > 0xFFFF_FFFFL) {
            problems.accept(as.at(), "'" + as.text() + "' is no range of AS numbers"
                    + " (expected the lower one first, from 1 to 4294967295)");
        }
        return List.of(new SessionOptions.AsRange(first, last));
    }

    /** What the speaker's own records refuse is a problem at this place of the file. */
    private <T> T checked(Place at, T otherwise, Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            problems.accept(at, String.valueOf(e.getMessage()));
            return otherwise;
        }
    }

    private static Optional<Duration> time(Located block, String key) {
        return block.text(key).flatMap(Durations::parse);
    }

    private static Optional<Integer> number(Located block, String key) {
        return block.text(key).map(Integer::valueOf);
    }

    static boolean flag(Located block, String key, boolean otherwise) {
        return block.text(key).map("true"::equals).orElse(otherwise);
    }
}
