package io.siteswap.policy.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.policy.engine.Engine;
import io.siteswap.policy.engine.RulePacks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rule files of examples/policies do what they say they do, and nothing on one word alone. */
class ExamplePoliciesTest {

    private static String verdict(String file, String clients) {
        Engine engine = RulePacks.load(List.of(Path.of("..", "examples", "policies", file)));
        Vantage well = Vantage.healthy();
        return Judgement.of(engine, new Vantage(well.holder(), well.hears(), well.doors(),
                well.paths(), clients, well.databases(), well.apps(), well.lease()).facts())
                .verdict();
    }

    @Test
    void clientsThatFailAtTwoPlacesMoveTheService() {
        assertEquals("moves", verdict("clients-fail.drl", "--"));
        assertEquals("stays", verdict("clients-fail.drl", "-+"));
        assertEquals("stays", verdict("clients-fail.drl", "-?"));
    }

    @Test
    void clientsThatAreServedSlowlyAtTwoPlacesMoveTheService() {
        assertEquals("moves", verdict("slow.drl", "~~"));
        assertEquals("stays", verdict("slow.drl", "~+"));
    }
}
