package io.siteswap.monitor.app;

import io.siteswap.bgp.app.CompilerThreads;
import io.siteswap.bgp.app.SpeakerConfig;
import io.siteswap.bgp.app.SpeakerDaemon;
import io.siteswap.bgp.app.SpeakerEvent;
import io.siteswap.bgp.app.WarmUp;
import io.siteswap.monitor.app.Siteswap.Unusable;
import io.siteswap.monitor.config.ClusterConfig;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code siteswap speaker}: the BGP speaker of a node, until it is told to stop. */
@Command(name = "speaker", description = "Run the BGP speaker of a node.", mixinStandardHelpOptions = true)
final class SpeakerCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(SpeakerCommand.class);
    /** The logging configuration lets it go all the way, to nowhere. */
    private static final Logger WARM_UP = LoggerFactory
            .getLogger(SpeakerCommand.class.getName() + ".warm-up");

    @Mixin
    private Configured configured = new Configured();

    @Override
    public Integer call() throws Exception {
        ClusterConfig config = configured.load();
        SpeakerConfig speaker = SpeakerSettings.of(config, configured.node())
                .orElseThrow(() -> new Unusable("node '" + configured.node()
                        + "' has no 'speaker' in the configuration"));
        CompilerThreads.stepBack();
        SpeakerDaemon daemon;
        try {
            daemon = SpeakerDaemon.start(speaker);
        } catch (IOException e) {
            throw new Unusable(String.valueOf(e.getMessage()), e);
        }
        daemon.reloadsFrom(this::again);
        Runtime.getRuntime().addShutdownHook(Logs.after(daemon::shutdown));
        try (AutoCloseable _ = daemon.listen(worthALine(speaker),
                event -> tell(LOG, event))) {
            System.err.println("siteswap: speaker " + configured.node() + " is up, local API at "
                    + speaker.socket());
            WarmUp.soon(daemon, speaker, event -> tell(WARM_UP, event));
            daemon.awaitEnd();
        }
        return 0;
    }

    /** The configuration as it stands in the file now. */
    private SpeakerConfig again() {
        try {
            return SpeakerSettings.of(configured.load(), configured.node())
                    .orElseThrow(() -> new Unusable("the node has no 'speaker' any more"));
        } catch (Unusable e) {
            throw new IllegalArgumentException("Nothing was changed: " + e.getMessage(), e);
        }
    }

    /** A full table changes hundreds of times a second; these few say whether traffic flows. */
    private static Set<String> worthALine(SpeakerConfig speaker) {
        Set<String> prefixes = new HashSet<>(Set.of("0.0.0.0/0", "::/0"));
        speaker.originations().forEach(origination -> prefixes.add(origination.prefix()));
        return prefixes;
    }

    private static void tell(Logger log, SpeakerEvent event) {
        switch (event) {
            case SpeakerEvent.Session s -> log.info("session {}: {}{}", s.neighbor(), s.state(),
                    s.reason().isEmpty() ? "" : " (" + s.reason() + ")");
            case SpeakerEvent.Best b -> log.info("best {}: {}", b.prefix(), b.route()
                    .map(r -> "from " + r.peer() + ", path " + r.asPath()).orElse("none left"));
            case SpeakerEvent.Stance s -> log.info("stance {} {}: {} (epoch {})", s.service(),
                    s.prefix(), s.rung(), s.epoch());
            case SpeakerEvent.Written w -> log.info("announced {} to {}: {}", w.prefix(),
                    w.neighbor(), w.rung());
            // The speaker has said it, and how bad it is.
            case SpeakerEvent.Seen s -> log.info("seen {} at {}: {}", s.prefix(), s.neighbor(),
                    s.route().map(BgpSeenCommand::words).orElse("no longer"));
            case SpeakerEvent.Rpki r -> log.debug("rpki {}", r.sentence());
        }
    }
}
