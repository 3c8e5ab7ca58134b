package io.siteswap.monitor.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.quorum.Membership.Place;
import io.siteswap.monitor.quorum.Membership.Refused;
import io.siteswap.monitor.quorum.Membership.Wanted;
import io.siteswap.monitor.raft.MemberChange.Found;
import io.siteswap.monitor.raft.MemberChange.Seat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The steps of a change of members, and what is refused. */
class MemberChangeTest {

    private final List<Seat> group = new ArrayList<>(List.of(live("dc1"), live("dc2"),
            live("arb")));
    private final List<Place> file = new ArrayList<>();
    private final Map<String, Found> answers = new HashMap<>();
    private final Map<String, String> holders = new HashMap<>();

    private static Seat live(String node) {
        return new Seat(node, node + ":1", 0, true, 3);
    }

    private static Seat dead(String node) {
        return new Seat(node, node + ":1", 0, false, 500);
    }

    private void file(String... nodes) {
        for (String node : nodes) {
            file.add(new Place(node, node + ":1", node));
        }
        group.stream().filter(Seat::live)
                .forEach(seat -> answers.put(seat.address(), new Found(seat.id(), false)));
    }

    private void waits(String node, String address) {
        answers.put(address, new Found(node + "~x", true));
    }

    private List<String> steps() throws Refused {
        return new MemberChange("arb", group, new Wanted(file), answers, holders).steps().stream()
                .map(MemberChange.Step::news).toList();
    }

    private void refused(String part) {
        String sentence = String.valueOf(assertThrows(Refused.class, this::steps).getMessage());
        assertTrue(sentence.contains(part), sentence);
        assertTrue(sentence.endsWith(".") && sentence.lines().count() == 1, sentence);
    }

    @Test
    void nothingIsToDoWhenTheGroupIsWhatTheFileSays() throws Refused {
        file("dc1", "dc2", "arb");
        assertEquals(List.of(), steps());
    }

    @Test
    void membersComeOneByOneBeforeAnyLiveOneGoes() throws Refused {
        file("dc1", "arb", "dc3", "arb2");
        waits("dc3", "dc3:1");
        waits("arb2", "arb2:1");
        assertEquals(List.of("dc3 (dc3:1) becomes a member, with an empty log at first",
                "arb2 (arb2:1) becomes a member, with an empty log at first",
                "dc2 (dc2:1) is no member any more"), steps());
    }

    @Test
    void aDeadMemberGoesBeforeItsSuccessorComes() throws Refused {
        group.set(1, dead("dc2"));
        file("dc1", "arb");
        file.add(new Place("dc2", "dc2:9", "dc2"));
        waits("dc2", "dc2:9");
        assertEquals(List.of("dc2 (dc2:1) is no member any more",
                "dc2 (dc2:9) becomes a member, with an empty log at first"), steps());
    }

    @Test
    void theLeaderGoesLast() throws Refused {
        group.add(live("dc3"));
        group.add(live("arb2"));
        file("dc1", "dc2", "arb2");
        assertEquals(List.of("dc3 (dc3:1) is no member any more",
                "arb (arb:1) is no member any more"), steps());
    }

    @Test
    void anAddressAloneIsWrittenByAStepThatRatisDoesNotTakeForNone() throws Refused {
        file("dc1", "arb");
        file.add(new Place("dc2", "dc2:9", "dc2"));
        answers.put("dc2:9", new Found("dc2", false));
        List<MemberChange.Step> steps = new MemberChange("arb", group, new Wanted(file), answers,
                holders).steps();
        assertEquals(List.of("dc2 moves from dc2:1 to dc2:9"),
                steps.stream().map(MemberChange.Step::news).toList());
        assertTrue(steps.getFirst().group().stream().allMatch(seat -> seat.priority() == 1));
    }

    @Test
    void unequalPrioritiesBecomeEqual() throws Refused {
        group.set(2, live("arb").withPriority(1));
        file("dc1", "dc2", "arb");
        assertEquals(List.of("all have the same priority"), steps());
    }

    @Test
    void aNewMemberMustAnswer() {
        file("dc1", "dc2", "arb", "dc3");
        refused("dc3 does not answer at dc3:1, where the file has it as a new member");
    }

    @Test
    void aMemberIsNotMovedToWhereNobodyAnswers() {
        file("dc1", "arb");
        file.add(new Place("dc2", "dc2:9", "dc2"));
        refused("dc2 does not answer at dc2:9, where the file has it (the group has it at dc2:1)");
    }

    @Test
    void whoAnswersMustBeWhoIsMeant() {
        file("dc1", "dc2", "arb", "dc3");
        answers.put("dc3:1", new Found("dc4~x", true));
        refused("At dc3:1 answers dc4 rather than dc3");
    }

    @Test
    void aLogOfItsOwnIsNotTakenIn() {
        file("dc1", "dc2", "arb", "dc3");
        answers.put("dc3:1", new Found("dc3", false));
        refused("has a log of its own");
    }

    @Test
    void theLastMonitorOfAHoldersSiteStays() {
        holders.put("shop", "dc2");
        file("dc1", "arb", "dc3");
        waits("dc3", "dc3:1");
        refused("dc2 holds service shop and would lose its last monitor");
    }

    @Test
    void aMajorityOfThoseThatWouldBeThereMustBeUpToDate() {
        group.addAll(List.of(live("dc3"), live("arb2")));
        group.set(1, dead("dc2"));
        group.set(2, new Seat("arb", "arb:1", 0, true, 20_000));
        file("dc1", "dc2", "arb");
        refused("(dc2, arb are not), which is no majority");
    }
}
