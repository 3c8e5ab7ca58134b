package io.siteswap.policy.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.siteswap.policy.facts.Fact;
import io.siteswap.policy.facts.Fact.Blocked;
import io.siteswap.policy.facts.Fact.Heartbeat;
import io.siteswap.policy.facts.Fact.Replication;
import io.siteswap.policy.facts.Health;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactLinesTest {

    @Test
    void everyFactReadsBackAsItWasWritten() {
        List<Fact> facts = List.of(new Blocked("shop", "by hand, for now"),
                new Replication("shop", "dc2", "db", true, -1),
                new Fact.Moving("shop", "", "dc1"), new Fact.Candidate("shop", "dc1", 2));
        FactLines lines = new FactLines();
        facts.forEach(fact -> lines.accept(FactLines.text(fact)));
        assertEquals(facts, lines.facts());
    }

    @Test
    void linesChangeAndDropWhatTheyMatch() {
        FactLines lines = new FactLines();
        List.of("# two", "", "Heartbeat from=dc2 to=dc1 health=UP",
                "add Heartbeat from=arb to=dc1 health=UP", "change Heartbeat : health=DOWN",
                "drop Heartbeat from=dc2").forEach(lines::accept);
        assertEquals(List.of(new Heartbeat("arb", "dc1", Health.DOWN)), lines.facts());
    }

    @Test
    void wrongLinesSayWhatIsWrong() {
        assertEquals("Heartbeat has no field 'too'; expected one of from, to, health",
                refused("Heartbeat from=dc2 too=dc1 health=UP"));
        assertEquals("Heartbeat lacks health=...", refused("Heartbeat from=dc2 to=dc1"));
        assertEquals("'UPP' is not a value for a field of type Health",
                refused("Heartbeat from=dc2 to=dc1 health=UPP"));
        assertEquals("nothing to drop: Heartbeat from=dc9", refused("drop Heartbeat from=dc9"));
        assertEquals("nothing to change: Site : arbiter=true",
                refused("change Site : arbiter=true"));
    }

    private static String refused(String line) {
        return String.valueOf(assertThrows(IllegalArgumentException.class,
                () -> new FactLines().accept(line)).getMessage());
    }
}
