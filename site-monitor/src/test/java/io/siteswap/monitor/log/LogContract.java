package io.siteswap.monitor.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siteswap.monitor.quorum.Command;
import io.siteswap.monitor.quorum.Log;
import io.siteswap.monitor.quorum.Reply;
import io.siteswap.policy.facts.Fact;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the failover logic expects of any log; each kind of log has a test that extends this. */
@Timeout(120)
public abstract class LogContract<L extends Log> {

    protected @TempDir Path folder = Path.of("");

    /** @param snapshotEvery entries */
    protected abstract Members<L> members(int snapshotEvery) throws Exception;

    protected static Command.Report report(String site, int n) {
        return new Command.Report(site, List.of(new Fact.Site("fact" + n, false)));
    }

    protected static Reply propose(Log log, Command command) throws Exception {
        // Right after a start the first leader may not be there yet.
        for (int i = 0;; i++) {
            try {
                return log.propose(command).get(10, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (i == 20) {
                    throw e;
                }
            }
        }
    }

    @Test
    void commitsFromAnyMemberAndPrefersTheArbiter() throws Exception {
        try (Members<L> all = members(1000)) {
            all.openAll();
            all.lead("arb");
            for (String name : Members.NAMES) {
                assertInstanceOf(Reply.Done.class, propose(all.log(name), report(name, 1)));
                assertEquals("arb", all.log(name).leader());
            }
            for (String name : Members.NAMES) {
                Members.await(name + " has all",
                        () -> all.log(name).state().facts().size() == 3);
            }
            assertInstanceOf(Reply.Renewed.class,
                    propose(all.log("dc1"), new Command.Renew("dc1")));
        }
    }

    @Test
    void keepsTheOrderOfOneMembersProposals() throws Exception {
        try (Members<L> all = members(1000)) {
            all.openAll();
            all.lead("arb");
            all.ear("dc2").commands.clear();
            List<Command> sent = new ArrayList<>();
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                sent.add(report("dc1", i));
                replies.add(all.log("dc1").propose(report("dc1", i)));
            }
            for (CompletableFuture<Reply> reply : replies) {
                reply.get(10, TimeUnit.SECONDS);
            }
            Members.await("dc2 has all", () -> all.ear("dc2").commands.size() >= 30);
            assertEquals(sent, List.copyOf(all.ear("dc2").commands));
        }
    }

    @Test
    void everyMemberAppliesTheSameOnceAndInTheSameOrder() throws Exception {
        try (Members<L> all = members(1000)) {
            all.openAll();
            all.lead("arb");
            for (String name : Members.NAMES) {
                all.ear(name).commands.clear();
            }
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                for (String name : Members.NAMES) {
                    replies.add(all.log(name).propose(report(name, i)));
                }
            }
            long done = replies.stream()
                    .filter(reply -> !reply.handle((_, failure) -> failure != null).join()).count();
            assertTrue(done > 0, "none was committed");
            // A last one of each comes after all that were still on their way.
            for (String name : Members.NAMES) {
                propose(all.log(name), report(name, 1000));
            }
            for (String name : Members.NAMES) {
                Members.await(name + " has the last", () -> all.log(name).state().facts()
                        .equals(all.log("arb").state().facts())
                        && all.ear(name).commands.size() == all.ear("arb").commands.size());
                assertEquals(List.copyOf(all.ear("arb").commands),
                        List.copyOf(all.ear(name).commands));
            }
            Map<Command, Long> counts = all.ear("arb").commands.stream()
                    .filter(command -> !command.equals(report("dc1", 1000))
                            && !command.equals(report("dc2", 1000))
                            && !command.equals(report("arb", 1000)))
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            List<Command> twice = counts.entrySet().stream().filter(it -> it.getValue() > 1)
                    .map(Map.Entry::getKey).toList();
            assertEquals(List.of(), twice);
            assertTrue(counts.size() >= done, counts.size() + " of " + done);
        }
    }

    @Test
    void goesOnWithoutTheLeader() throws Exception {
        try (Members<L> all = members(1000)) {
            all.openAll();
            all.lead("arb");
            propose(all.log("dc1"), report("dc1", 1));
            all.close("arb");
            String next = all.leader();
            assertTrue(List.of("dc1", "dc2").contains(next));
            assertInstanceOf(Reply.Done.class, propose(all.log("dc2"), report("dc2", 2)));
            Members.await("dc1 has both", () -> all.log("dc1").state().facts().size() == 2);
            all.open("arb");
            all.lead("arb");
            Members.await("arb has both", () -> all.log("arb").state().facts().size() == 2);
            Members.await("one leader", () -> Members.NAMES.stream()
                    .filter(name -> all.ear(name).leading).count() == 1);
        }
    }

    @Test
    void theArbiterComesToLeadHoweverBusyTheLogIs() throws Exception {
        try (Members<L> all = members(1000)) {
            all.open("dc1");
            all.open("dc2");
            String first = all.leader();
            AtomicBoolean busy = new AtomicBoolean(true);
            Thread renewing = Thread.ofPlatform().start(() -> {
                while (busy.get()) {
                    all.log(first).propose(new Command.Renew(first)).exceptionally(_ -> null)
                            .join();
                }
            });
            try {
                all.open("arb");
                all.lead("arb");
            } finally {
                busy.set(false);
                renewing.join();
            }
        }
    }

    @Test
    void onlyWhoIsReadyLeads() throws Exception {
        try (Members<L> all = members(1000)) {
            all.openUnready("arb");
            all.openUnready("dc1");
            all.open("dc2");
            all.lead("dc2");
            all.log("arb").ready();
            all.lead("arb");
            all.log("dc1").ready();
            all.close("arb");
            all.openUnready("arb");
            assertInstanceOf(Reply.Done.class, propose(all.log("arb"), report("arb", 1)));
            assertTrue(List.of("dc1", "dc2").contains(all.leader()));
        }
    }

    @Test
    void whoStartsLaterLearnsEverythingFromSnapshots() throws Exception {
        try (Members<L> all = members(100)) {
            all.openAll();
            all.lead("arb");
            for (int i = 0; i < 250; i++) {
                propose(all.log("arb"), report("dc1", i));
            }
            all.closeAll();
            all.openAll();
            for (String name : Members.NAMES) {
                hasTheNewest(all, name, 249);
            }
            assertTrue(all.ear("dc1").commands.size() < 220,
                    all.ear("dc1").commands.size() + " entries replayed");
            all.close("dc2");
            all.wipe("dc2");
            all.open("dc2");
            hasTheNewest(all, "dc2", 249);
        }
    }

    private void hasTheNewest(Members<L> all, String name, int n) throws InterruptedException {
        Members.await(name + " has all", () -> all.log(name).state().facts()
                .getOrDefault("dc1", List.of()).equals(report("dc1", n).facts()));
    }
}
