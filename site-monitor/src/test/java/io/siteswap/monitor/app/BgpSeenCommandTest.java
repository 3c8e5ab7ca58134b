package io.siteswap.monitor.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What people read of the speaker's answer. */
class BgpSeenCommandTest {

    @Test
    void eachRouteOnALineAndWhatNobodyHasToo() {
        String answer = """
                {"ok":true,"overlooked":3,"seen":[
                 {"own":"203.0.113.0/24","routes":[
                  {"neighbor":"glass","prefix":"203.0.113.0/24","pathId":2,
                   "asPath":["64510","64500","64500"],"prepends":1,"communities":["64510:1"],
                   "med":7,"sinceMs":1000,"verdict":"own-as"},
                  {"neighbor":"isp1","prefix":"203.0.113.128/25","pathId":0,
                   "asPath":["64510","{64666 64667}"],"communities":[],"sinceMs":61000,
                   "verdict":"kept"}]},
                 {"own":"2001:db8:113::/48","routes":[]}]}""";
        assertEquals(
                List.of("PREFIX             AT       FOR   PREPENDS  AS PATH              MED"
                        + "  COMMUNITIES  VERDICT",
                        "203.0.113.0/24     glass#2  2m0s  1         64510 64500 64500    7  "
                                + "  64510:1      own-as",
                        "203.0.113.128/25   isp1     1m0s  not ours  64510 {64666 64667}  -  "
                                + "  -            kept",
                        "2001:db8:113::/48  nowhere  -     -         -                    -  "
                                + "  -            -",
                        "there was no room for 3 more"),
                BgpSeenCommand.lines(JsonMapper.shared().readTree(answer), 121_000).stream()
                        .map(String::stripTrailing).toList());
    }
}
