package io.siteswap.monitor.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.log.Ear;
import io.siteswap.monitor.log.Members;
import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Log;
import io.siteswap.monitor.quorum.Membership;
import io.siteswap.monitor.quorum.Membership.Refused;
import io.siteswap.monitor.quorum.Reply;
import io.siteswap.policy.facts.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.ratis.protocol.RaftPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members that are added, removed, replaced and moved while the log runs. */
@Timeout(120)
class MembershipTest {

    @TempDir
    Path folder = Path.of("");

    private static Command.Report report(int n) {
        return new Command.Report("dc1", List.of(new Fact.Site("fact" + n, false)));
    }

    private static void propose(Log log, int n) throws Exception {
        for (int i = 0;; i++) {
            try {
                assertInstanceOf(Reply.Done.class,
                        log.propose(report(n)).get(10, TimeUnit.SECONDS));
                return;
            } catch (ExecutionException e) {
                if (i == 20) {
                    throw e;
                }
            }
        }
    }

    private Crew three() throws Exception {
        return led("dc1", "dc2", "arb");
    }

    /** The arbiter leads, and all of them have a report. */
    private Crew led(String... names) throws Exception {
        Crew crew = new Crew(folder, names);
        try {
            crew.openAll(names);
            crew.lead("arb");
            propose(crew.log("dc1"), 1);
            return crew;
        } catch (Exception | AssertionError e) {
            crew.close();
            throw e;
        }
    }

    private static void has(Crew crew, String name, int n) throws InterruptedException {
        Members.await(name + " has report " + n, () -> crew.log(name).state().facts()
                .getOrDefault("dc1", List.of()).equals(report(n).facts()));
    }

    private static boolean heard(Ear ear, String part) {
        return ear.news.stream().anyMatch(news -> news.contains(part));
    }

    @Test
    void threeBecomeFiveAndThreeAgain() throws Exception {
        try (Crew crew = three()) {
            crew.inFile("dc3");
            crew.inFile("arb2");
            // One is told that it is new, the other finds out.
            crew.openJoining("dc3");
            crew.open("arb2");
            assertTrue(crew.change("dc1", "alice").startsWith("Done: "));
            for (String name : List.of("dc3", "arb2", "dc2")) {
                has(crew, name, 1);
                Members.await(name + " knows all", () -> crew.group(name).size() == 5);
            }
            assertTrue(heard(crew.ear("dc1"), "alice asks for a change of the members: dc3"));
            assertTrue(heard(crew.ear("dc1"), "alice's change is done"));
            Members.await("others are told", () -> heard(crew.ear("dc2"), "the members are now"));
            assertEquals("The group is what the file says already; nothing was changed.",
                    crew.change("dc3", "alice"));
            // Five survive the loss of two.
            crew.close("dc2");
            crew.close("dc1");
            propose(crew.log("dc3"), 2);
            crew.open("dc1");
            crew.open("dc2");
            has(crew, "dc1", 2);
            has(crew, "dc2", 2);

            crew.outOfFile("dc3");
            crew.outOfFile("arb2");
            Members.await("dc1 knows who leads", () -> !crew.log("dc1").leader().isEmpty());
            String done = crew.change("dc1", "bob");
            assertTrue(done.contains("arb2") && done.contains("is no member any more"), done);
            Members.await("dc3 is told", () -> crew.ear("dc3").failures.stream()
                    .anyMatch(why -> why.contains("no member of the group any more")));
            crew.close("dc3");
            crew.close("arb2");
            propose(crew.log("dc2"), 3);
            crew.close("arb");
            propose(crew.log("dc1"), 4);
            has(crew, "dc2", 4);
        }
    }

    @Test
    void aDeadMemberIsReplacedByOneElsewhereAndComesBackInVain() throws Exception {
        try (Crew crew = three()) {
            crew.close("dc2");
            propose(crew.log("dc1"), 2);
            RaftSettings dead = crew.settings("dc2");
            crew.inFile("dc2");
            crew.folder("dc2", folder.resolve("another machine"));
            crew.openJoining("dc2");
            String done = crew.change("dc1", "alice");
            assertTrue(done.contains("dc2 (" + dead.listen() + ") is no member any more; dc2 ("
                    + crew.settings("dc2").listen() + ") becomes a member"), done);
            has(crew, "dc2", 2);
            assertNotEquals("dc2", crew.id("dc2"));
            assertEquals(Set.of("dc1", "dc2", "arb"), crew.group("dc2"));
            Ear ear = new Ear();
            try (RaftLog old = RaftLog.open(dead, ear)) {
                old.ready();
                Members.await("the old one is told that it is out",
                        () -> ear.failures.stream().anyMatch(why -> why.contains("no member")));
                assertEquals("arb", crew.log("dc2").leader());
            }
            // The new one counts: without dc1 there is a majority.
            crew.close("dc1");
            propose(crew.log("dc2"), 3);
            // And it is the same after a restart.
            String id = crew.id("dc2");
            crew.close("dc2");
            crew.open("dc2");
            assertEquals(id, crew.id("dc2"));
            propose(crew.log("dc2"), 4);
        }
    }

    @Test
    void aNodeThatWaitsToBeTakenInDisturbsNobody() throws Exception {
        try (Crew crew = three()) {
            long term = term(crew, "arb");
            crew.inFile("dc3");
            crew.openJoining("dc3");
            for (int i = 2; i < 30; i++) {
                propose(crew.log("dc2"), i);
            }
            assertEquals("", crew.log("dc3").leader());
            assertEquals(Set.of(), crew.group("dc3"));
            assertThrows(ExecutionException.class,
                    () -> crew.log("dc3").propose(report(99)).get(10, TimeUnit.SECONDS));
            // Nor when there is nobody to lead.
            crew.close("arb");
            crew.close("dc2");
            Members.await("dc1 alone does not lead", () -> crew.log("dc1").leader().isEmpty());
            assertFalse(crew.log("dc3").division().getInfo().isLeader());
            crew.open("dc2");
            propose(crew.log("dc2"), 30);
            assertTrue(term(crew, "dc2") > term, "the group went on");
            assertEquals(0, term(crew, "dc3"));
        }
    }

    private static long term(Crew crew, String name) {
        return crew.log(name).division().getInfo().getCurrentTerm();
    }

    /** It could vote a second time in a term, and for one who lacks what it had acknowledged. */
    @Test
    void aMemberThatLostItsFolderIsTakenInAnewUnderAnotherId() throws Exception {
        try (Crew crew = three()) {
            crew.close("dc2");
            crew.wipe("dc2");
            crew.open("dc2");
            String id = crew.id("dc2");
            assertNotEquals("dc2", id);
            has(crew, "dc2", 1);
            Members.await("all count the new one", () -> peer(crew, "dc1", id).isPresent());
            crew.close("arb");
            propose(crew.log("dc2"), 2);
        }
    }

    private static Optional<RaftPeer> peer(Crew crew, String at, String id) {
        return crew.log(at).division().getRaftConf().getCurrentPeers().stream()
                .filter(peer -> peer.getId().toString().equals(id)).findFirst();
    }

    @Test
    void aMemberMovesToAnotherAddressWithItsLog() throws Exception {
        try (Crew crew = three()) {
            String before = crew.settings("dc2").listen();
            crew.close("dc2");
            crew.inFile("dc2");
            String after = crew.settings("dc2").listen();
            assertNotEquals(before, after);
            // The others are started with the new file; the one that moves is the last.
            for (String name : List.of("dc1", "arb")) {
                crew.close(name);
                crew.open(name);
            }
            crew.open("dc2");
            propose(crew.log("dc2"), 2);
            assertEquals("dc2", crew.id("dc2"));
            String done = crew.change("dc1", "alice");
            assertTrue(done.contains("dc2 moves from " + before + " to " + after), done);
            Members.await("arb knows", () -> peer(crew, "arb", "dc2")
                    .filter(it -> it.getAddress().equals(after)).isPresent());
            assertEquals("The group is what the file says already; nothing was changed.",
                    crew.change("dc1", "alice"));
        }
    }

    @Test
    void whoLeadsNextFinishesAStepWhoseLeaderDied() throws Exception {
        try (Crew crew = led("dc1", "dc2", "dc3", "arb", "arb2")) {
            crew.close("dc2");
            crew.close("arb2");
            // A majority of the four that would be left is not up, so the step stays in its middle.
            Thread asking = Thread.ofVirtual().start(() -> assertThrows(IOException.class,
                    () -> set(crew, crew.peers("dc1", "dc2", "arb", "arb2"))));
            Members.await("dc1 is in the middle", () -> changing(crew, "dc1"));
            Refused refused = assertThrows(Refused.class, () -> crew.change("dc3", "alice"));
            assertTrue(String.valueOf(refused.getMessage()).contains("under way already"),
                    refused.getMessage());
            assertTrue(crew.log("dc1").members().roster(crew.wanted()).changing());
            crew.close("arb");
            crew.openAll("dc2", "arb2");
            Set<String> four = Set.of("dc1", "dc2", "arb", "arb2");
            Members.await("the next one finishes it",
                    () -> !changing(crew, "dc2") && crew.group("dc2").equals(four));
            asking.join();
            propose(crew.log("dc2"), 2);
            crew.open("arb");
            has(crew, "arb", 2);
        }
    }

    @Test
    void aChangeWhoseLeaderDiesBetweenTwoStepsIsFinishedWhenAskedAgain() throws Exception {
        try (Crew crew = three()) {
            crew.inFile("dc3");
            crew.inFile("arb2");
            crew.openJoining("dc3");
            crew.openJoining("arb2");
            Thread asking = Thread.ofVirtual().start(() -> {
                try {
                    crew.change("dc1", "alice");
                } catch (Exception e) {
                    crew.ear("dc1").news.add("gave up: " + e.getMessage());
                }
            });
            Members.await("the first step is done",
                    () -> heard(crew.ear("dc1"), "is done: dc3"));
            crew.close("arb");
            asking.join();
            Members.await("somebody leads", () -> !crew.log("dc1").leader().isEmpty()
                    && !crew.log("dc1").leader().equals("arb"));
            crew.change("dc1", "alice");
            assertEquals(5, crew.group("dc1").size());
            propose(crew.log("dc2"), 2);
            has(crew, "arb2", 2);
        }
    }

    private static boolean changing(Crew crew, String at) {
        return !crew.log(at).division().getRaftConf().getPreviousPeers().isEmpty();
    }

    @Test
    void withoutAMajorityNobodyCanChangeTheMembers() throws Exception {
        try (Crew crew = three()) {
            crew.close("arb");
            crew.close("dc2");
            Members.await("nobody leads", () -> crew.log("dc1").leader().isEmpty());
            Refused refused = assertThrows(Refused.class, () -> crew.change("dc1", "alice"));
            assertTrue(String.valueOf(refused.getMessage()).startsWith("No leader answers"),
                    refused.getMessage());
        }
    }

    @Test
    void theRosterTellsTheGroupBesideTheFile() throws Exception {
        try (Crew crew = three()) {
            crew.close("dc2");
            for (int i = 2; i < 12; i++) {
                propose(crew.log("dc1"), i);
            }
            crew.outOfFile("dc2");
            crew.inFile("dc3");
            crew.openJoining("dc3");
            Membership.Roster roster = crew.log("dc1").members().roster(crew.wanted());
            assertEquals("arb", roster.leader());
            assertTrue(member(roster, "arb").leads());
            Membership.Member dead = member(roster, "dc2");
            assertEquals(Optional.empty(), dead.wanted());
            assertTrue(dead.present().isPresent() && dead.behind().orElse(0L) >= 10,
                    dead.toString());
            Membership.Member joining = member(roster, "dc3");
            assertTrue(joining.joining() && joining.present().isEmpty(), joining.toString());
        }
    }

    private static Membership.Member member(Membership.Roster roster, String node) {
        return roster.members().stream().filter(it -> it.node().equals(node)).findFirst()
                .orElseThrow();
    }

    @Test
    void theReadyLeaderMakesPrioritiesEqualThatAnOlderVersionLeft() throws Exception {
        try (Crew crew = new Crew(folder, "dc1", "dc2", "arb")) {
            // As long as nobody is ready, nobody mends.
            for (String name : List.of("dc1", "dc2", "arb")) {
                crew.openUnready(name);
            }
            List<RaftPeer> old = crew.peers("dc1", "dc2", "arb").stream()
                    .map(peer -> RaftPeer.newBuilder(peer)
                            .setPriority(peer.getId().toString().equals("arb") ? 1 : 0).build())
                    .toList();
            Members.await("it is as it was", () -> forced(crew, old));
            Members.await("all have it", () -> List.of("dc1", "dc2", "arb").stream()
                    .allMatch(name -> priorities(crew, name).equals(Set.of(0, 1))));
            crew.closeAll();
            crew.openUnready("dc1");
            assertEquals(Set.of(0, 1), priorities(crew, "dc1"));
            crew.log("dc1").ready();
            crew.openAll("dc2", "arb");
            crew.lead("arb");
            Members.await("all are equal", () -> List.of("dc1", "dc2", "arb").stream()
                    .allMatch(name -> priorities(crew, name).equals(Set.of(0))));
            assertTrue(Files.exists(crew.folder("arb")));
        }
    }

    /** Whether or not it can work, and without the steps that a change is made of. */
    private static void set(Crew crew, List<RaftPeer> group) throws IOException {
        RaftLog dc1 = crew.log("dc1");
        dc1.members().set(List.copyOf(dc1.division().getRaftConf().getCurrentPeers()), group);
    }

    private static boolean forced(Crew crew, List<RaftPeer> group) {
        try {
            set(crew, group);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Set<Integer> priorities(Crew crew, String at) {
        return crew.log(at).division().getRaftConf().getCurrentPeers().stream()
                .map(RaftPeer::getPriority).collect(Collectors.toSet());
    }
}
