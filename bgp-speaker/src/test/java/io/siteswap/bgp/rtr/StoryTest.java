package io.siteswap.bgp.rtr;

import io.siteswap.bgp.Golden;
import io.siteswap.bgp.rtr.RtrOptions.Timing;
import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.Prefix;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Stories in {@code src/test/resources/rtr}: what the cache says, below it what we do. */
class StoryTest {

    private static final Vrp VRP = new Vrp(Prefix.parse("203.0.113.0/24"), 24, 64500);

    @TestFactory
    Stream<DynamicTest> stories() throws IOException {
        return Golden.folder("rtr", ".story", StoryTest::tell);
    }

    private static List<String> tell(List<String> lines) {
        List<String> told = new ArrayList<>();
        RtrState state = new RtrState.Closed(RtrState.Memory.initial(Timing.DEFAULT));
        for (String line : lines) {
            if (line.startsWith("    ")) {
                continue;
            }
            told.add(line);
            if (line.isBlank()) {
                state = new RtrState.Closed(RtrState.Memory.initial(Timing.DEFAULT));
            } else if (!line.startsWith("#")) {
                RtrStep step = RtrFsm.step(state, event(line));
                state = step.next();
                step.effects().forEach(e -> told.add("    " + words(e)));
                told.add("    = " + words(state));
            }
        }
        return told;
    }

    private static RtrEvent event(String line) {
        boolean old = line.startsWith("v0 ");
        String[] words = (old ? line.substring(3) : line).split(" +");
        return switch (words[0]) {
            case "connected" -> new RtrEvent.Connected();
            case "lost" -> new RtrEvent.Lost("reset");
            case "ask" -> new RtrEvent.AskTimer();
            case "malformed" -> new RtrEvent.Malformed(RtrError.CORRUPT_DATA,
                    Octets.hex("0105"), "A PDU of no sense.");
            case "contradiction" -> new RtrEvent.Contradiction(RtrError.DUPLICATE_ANNOUNCEMENT,
                    VRP);
            default -> new RtrEvent.Received(old ? 0 : 1, pdu(words, old));
        };
    }

    private static Pdu pdu(String[] words, boolean old) {
        return switch (words[0]) {
            case "notify" -> new Pdu.SerialNotify(number(words[1]), number(words[2]));
            case "response" -> new Pdu.CacheResponse(number(words[1]));
            case "reset" -> new Pdu.CacheReset();
            case "end" -> new Pdu.EndOfData(number(words[1]), number(words[2]),
                    old ? Optional.empty() : Optional.of(Timing.of(60, 30, 900)));
            case "error" -> new Pdu.ErrorReport(RtrError.valueOf(words[1]), Octets.NONE, "");
            default -> new Pdu.PrefixPdu(words[0].equals("announce"),
                    new Vrp(Prefix.parse(words[1]), number(words[2]), number(words[3])));
        };
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }

    private static String words(RtrState state) {
        String data = state.memory().data().map(d -> " session " + d.session() + " serial "
                + d.serial()).orElse(" without data");
        return switch (state) {
            case RtrState.Closed _ -> "Closed";
            case RtrState.Asking(RtrState.Memory _, boolean all) -> all
                    ? "Asking for everything"
                    : "Asking for news";
            case RtrState.Receiving(RtrState.Memory _, boolean all, int _) -> all
                    ? "Receiving everything"
                    : "Receiving news";
            case RtrState.Synced _ -> "Synced";
        } + data + ", version " + state.memory().version();
    }

    private static String words(RtrEffect effect) {
        return switch (effect) {
            case RtrEffect.Send(int version, Pdu pdu) -> "send version " + version + " " + pdu;
            case RtrEffect.Note(Pdu.PrefixPdu change) -> "note "
                    + (change.announce() ? "announced " : "withdrawn ") + change.vrp();
            case RtrEffect.Commit(boolean all) -> all ? "commit everything" : "commit news";
            case RtrEffect.Abort _ -> "abort";
            case RtrEffect.AskAfter(Duration delay) -> "ask after "
                    + delay.toSeconds() + "s";
            case RtrEffect.ExpireAfter(Duration delay) -> "expire after "
                    + delay.toSeconds() + "s";
            case RtrEffect.Disconnect(String reason) -> "disconnect: " + reason;
        };
    }
}
