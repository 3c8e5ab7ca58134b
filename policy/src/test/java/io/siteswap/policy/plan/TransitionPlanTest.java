package io.siteswap.policy.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.policy.plan.Decision.Kind;
import io.siteswap.policy.plan.Step.Verb;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Safety of every plan over all lists of up to three resources of any type. */
class TransitionPlanTest {

    @Test
    void nothingIsPromotedOrStartedBeforeTheGrant() {
        for (Transition transition : all()) {
            for (Step step : transition.steps()) {
                if (step.verb() == Verb.PROMOTE || step.verb() == Verb.START) {
                    assertTrue(before(transition, step.id()).contains("grant"),
                            transition::toString);
                }
            }
        }
    }

    @Test
    void aSwitchoverGrantsOnlyWhatTheOldSiteReleased() {
        for (Transition transition : all()) {
            if (transition.kind() != Kind.SWITCHOVER) {
                continue;
            }
            Set<String> released = before(transition, "grant");
            for (Step step : transition.steps()) {
                // A load balancer is paused before the grant and stopped after it.
                boolean releases = switch (step.verb()) {
                    case DEMOTE, PAUSE -> true;
                    case STOP -> !released
                            .contains(StepGraph.id("dc1", step.resource(), Verb.PAUSE));
                    case STANCE, GRANT, PROMOTE, START, FOLLOW, RESYNC -> false;
                };
                assertTrue(!releases || released.contains(step.id()), transition::toString);
                assertTrue(step.verb() != Verb.DEMOTE || !step.bestEffort());
            }
        }
    }

    @Test
    void aFailoverWaitsForNothingOfTheLostSite() {
        for (Transition transition : all()) {
            if (transition.kind() != Kind.FAILOVER) {
                continue;
            }
            for (Step step : transition.steps()) {
                if (step.site().equals(transition.from())) {
                    assertTrue(step.bestEffort(), transition::toString);
                } else {
                    assertTrue(before(transition, step.id()).stream().noneMatch(
                            id -> id.startsWith(transition.from() + ".")), transition::toString);
                }
            }
        }
    }

    @Test
    void theOldAnnouncementGetsWorseLast() {
        for (Transition transition : all()) {
            Set<String> backup = before(transition, "dc1.announcement.backup");
            assertTrue(backup.contains("dc2.announcement.best"), transition::toString);
            for (Step step : transition.steps()) {
                if (step.site().equals("dc2") && step.verb() == Verb.START) {
                    assertTrue(backup.contains(step.id()), transition::toString);
                }
            }
        }
    }

    @Test
    void whatMovesNothingHasNoSteps() {
        for (Kind kind : List.of(Kind.STAY, Kind.HELD, Kind.REFUSED)) {
            Decision decision = new Decision("shop", kind, "dc1", "dc1", List.of("a test"));
            assertEquals(List.of(),
                    TransitionPlan
                            .of(decision, List.of(new Resource("db", Resource.Type.PROMOTABLE)))
                            .steps());
        }
    }

    @Test
    void aMoveWithinASiteBringsItBack() {
        Decision decision = new Decision("shop", Kind.SWITCHOVER, "dc1", "dc1",
                List.of("a test"));
        List<Resource> resources = List.of(new Resource("db", Resource.Type.PROMOTABLE));
        assertEquals(TransitionPlan.restore("shop", "dc1", "", resources),
                TransitionPlan.of(decision, resources));
    }

    private static List<Transition> all() {
        List<Transition> all = new ArrayList<>();
        for (List<Resource> resources : lists(3)) {
            for (Kind kind : List.of(Kind.FAILOVER, Kind.SWITCHOVER)) {
                all.add(TransitionPlan.of(
                        new Decision("shop", kind, "dc1", "dc2", List.of("a test")), resources));
            }
        }
        return all;
    }

    private static List<List<Resource>> lists(int longest) {
        List<List<Resource>> lists = new ArrayList<>(List.of(List.of()));
        if (longest > 0) {
            for (List<Resource> shorter : lists(longest - 1)) {
                for (Resource.Type type : Resource.Type.values()) {
                    List<Resource> list = new ArrayList<>(shorter);
                    list.add(new Resource("r" + list.size(), type));
                    lists.add(list);
                }
            }
        }
        return lists;
    }

    /** Everything that must be over before a step, directly or not. */
    private static Set<String> before(Transition transition, String id) {
        Set<String> before = new HashSet<>();
        for (Step step : transition.steps().reversed()) {
            if (step.id().equals(id) || before.contains(step.id())) {
                before.addAll(step.after());
            }
        }
        return before;
    }
}
