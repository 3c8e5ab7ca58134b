package io.siteswap.policy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.policy.plan.Decision;
import io.siteswap.policy.plan.Placement;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineTest {

    @Test
    void shippedPacksLoadAndDecideTheExample() {
        Engine engine = RulePacks.load(List.of()).warmUp();
        List<Decision> decisions = Placement.decide(Example.facts(),
                engine.evaluate(Example.facts()));
        assertEquals(Decision.Kind.HELD, decisions.getFirst().kind());
    }
}
