package io.siteswap.lab.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PowerTest {

    @Test
    void aNodeThatDiedAloneStaysDownWhileItsSiteHasNoPower() throws IOException {
        List<List<String>> up = new ArrayList<>();
        Power power = new Power();
        power.down(List.of("dc1-db"), _ -> {
        });
        power.down(List.of("dc1-lb", "dc1-db"), _ -> {
        });
        power.up(List.of("dc1-db"), up::add);
        assertEquals(List.of(), up);
        power.up(List.of("dc1-lb", "dc1-db"), up::add);
        assertEquals(List.of(List.of("dc1-lb", "dc1-db")), up);
    }

    @Test
    void aNodeThatDiedLaterThanItsSiteBootsWhenBothAreOver() throws IOException {
        List<List<String>> up = new ArrayList<>();
        Power power = new Power();
        power.down(List.of("dc1-lb", "dc1-db"), _ -> {
        });
        power.down(List.of("dc1-db"), _ -> {
        });
        power.up(List.of("dc1-lb", "dc1-db"), up::add);
        power.up(List.of("dc1-db"), up::add);
        assertEquals(List.of(List.of("dc1-lb"), List.of("dc1-db")), up);
    }
}
