package io.siteswap.monitor.action;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siteswap.monitor.config.ClusterConfig.LossPolicy;
import io.siteswap.policy.plan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OnLossTest {

    private static final Duration BOUND = Duration.ofMillis(600);

    /** A database whose demotion works, breaks or hangs. */
    private static final class Fake implements ResourceAgent {
        private final String demotion;
        private final List<String> done = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch givenUp = new CountDownLatch(1);

        Fake(String demotion) {
            this.demotion = demotion;
        }

        @Override
        public String run(Step.Verb verb, String argument, long epoch)
                throws ActionFailed, InterruptedException {
            done.add(verb.name());
            return switch (demotion) {
                case "hangs" -> {
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        givenUp.countDown();
                    }
                    throw new IllegalStateException("unreachable");
                }
                case "breaks" -> throw new ActionFailed("no");
                case String _ -> "in order";
            };
        }

        @Override
        public String fence() {
            done.add("fence");
            return "fenced";
        }

        @Override
        public String look() {
            return "stands";
        }
    }

    private static String lost(Fake fake, LossPolicy policy) throws Exception {
        return OnLoss.of("db", fake, policy, BOUND).fence();
    }

    @Test
    void fenceIsTheAgentsOwn() throws Exception {
        Fake fake = new Fake("works");
        assertEquals("fenced", lost(fake, LossPolicy.FENCE));
        assertEquals(List.of("fence"), fake.done);
    }

    @Test
    void stopAndDemoteAreInOrder() throws Exception {
        Fake stop = new Fake("works");
        assertEquals("in order", lost(stop, LossPolicy.STOP));
        assertEquals(List.of("STOP"), stop.done);
        Fake demote = new Fake("works");
        assertEquals("in order", lost(demote, LossPolicy.DEMOTE));
        assertEquals(List.of("DEMOTE"), demote.done);
    }

    @Test
    void aDemotionThatBreaksOrHangsIsFollowedByTheFence() throws Exception {
        Fake breaks = new Fake("breaks");
        assertEquals("fenced", lost(breaks, LossPolicy.DEMOTE));
        assertEquals(List.of("DEMOTE", "fence"), breaks.done);
        Fake hangs = new Fake("hangs");
        assertEquals("fenced", lost(hangs, LossPolicy.DEMOTE));
        assertEquals(List.of("DEMOTE", "fence"), hangs.done);
        assertEquals(true, hangs.givenUp.await(10, TimeUnit.SECONDS));
    }

    @Test
    void whatIsFrozenIsNotTouched() throws Exception {
        Fake fake = new Fake("works");
        assertEquals("db is left as it is.", lost(fake, LossPolicy.FREEZE));
        assertEquals(List.of(), fake.done);
    }
}
