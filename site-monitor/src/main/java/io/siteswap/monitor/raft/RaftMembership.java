package io.siteswap.monitor.raft;

import io.siteswap.monitor.quorum.Membership;
import io.siteswap.monitor.raft.Inquiry.Answer;
import io.siteswap.monitor.raft.MemberChange.Found;
import io.siteswap.monitor.raft.MemberChange.Seat;
import io.siteswap.monitor.raft.MemberChange.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.exceptions.ReconfigurationInProgressException;
import org.apache.ratis.protocol.exceptions.ReconfigurationTimeoutException;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who votes, looked at and changed from any member, by the leader. */
final class RaftMembership implements Membership {

    private static final Logger LOG = LoggerFactory.getLogger(RaftMembership.class);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final RaftSettings settings;
    private final RaftServer.Division division;
    private final Inquiry inquiry;
    private final Supplier<Map<String, String>> holders;
    private final Consumer<String> told;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    /**
     * @param holders by service: the site that holds it
     * @param told what is done and by whom, a sentence each
     */
    RaftMembership(RaftSettings settings, RaftServer.Division division, Inquiry inquiry,
            Supplier<Map<String, String>> holders, Consumer<String> told) {
        this.settings = settings;
        this.division = division;
        this.inquiry = inquiry;
        this.holders = holders;
        this.told = told;
    }

    @Override
    public Roster roster(Wanted wanted) {
        Optional<Answer> leader = leader().map(Leader::says);
        List<RaftPeer> group = leader.map(Answer::peers)
                .orElseGet(() -> List.copyOf(division.getRaftConf().getCurrentPeers()));
        Map<String, Answer> answers = inquiry
                .askAll(wanted.places().stream().map(Place::address).toList());
        Map<String, Member> members = new LinkedHashMap<>();
        for (RaftPeer peer : group) {
            String id = peer.getId().toString();
            members.put(MemberIds.node(id), member(id, Optional.of(peer.getAddress()), leader));
        }
        for (Place place : wanted.places()) {
            boolean joining = Optional.ofNullable(answers.get(place.address()))
                    .filter(answer -> MemberIds.node(answer.id()).equals(place.node()))
                    .filter(answer -> group.stream()
                            .noneMatch(peer -> peer.getId().toString().equals(answer.id())))
                    .isPresent();
            Member known = members.getOrDefault(place.node(),
                    member(place.node(), Optional.empty(), Optional.empty()));
            members.put(place.node(), new Member(place.node(), Optional.of(place.address()),
                    known.present(), known.leads(), known.behind(), known.silentMillis(),
                    joining));
        }
        return new Roster(leader.map(it -> MemberIds.node(it.id())).orElse(""),
                leader.map(Answer::changing).orElse(false), List.copyOf(members.values()));
    }

    private static Member member(String id, Optional<String> address, Optional<Answer> leader) {
        boolean leads = leader.filter(it -> it.id().equals(id)).isPresent();
        return new Member(MemberIds.node(id), Optional.empty(), address, leads,
                leader.map(it -> behind(it, id)),
                leads
                        ? Optional.of(0L)
                        : leader.flatMap(it -> Optional.ofNullable(it.silentMillis().get(id))),
                false);
    }

    private static long behind(Answer leader, String id) {
        return Math.max(0, leader.ownCommitted() - leader.committed().getOrDefault(id, -1L));
    }

    /** @param at where it answered */
    private record Leader(RaftPeer at, Answer says) {
    }

    /** Empty when none is known or it does not answer. */
    private Optional<Leader> leader() {
        RaftPeerId id = division.getInfo().getLeaderId();
        return id == null
                ? Optional.empty()
                : addresses(id).map(address -> inquiry.ask(address)
                        .filter(says -> says.leads() && says.id().equals(id.toString()))
                        .map(says -> new Leader(RaftPeer.newBuilder().setId(id)
                                .setAddress(address).build(), says)))
                        .flatMap(Optional::stream).findFirst();
    }

    /** The group's address of it, and the file's: one of them is old when it moves. */
    private Stream<String> addresses(RaftPeerId id) {
        Stream<String> group = Stream.ofNullable(division.getRaftConf().getPeer(id))
                .map(RaftPeer::getAddress);
        Stream<String> file = settings.members().stream()
                .filter(member -> member.node().equals(MemberIds.node(id)))
                .map(RaftSettings.Member::address);
        return Stream.concat(file, group).distinct();
    }

    @Override
    public String change(Wanted wanted, String operator) throws Refused {
        return change(wanted, operator, holders.get());
    }

    private String change(Wanted wanted, String operator, Map<String, String> held)
            throws Refused {
        if (!oneAtATime.tryLock()) {
            throw underWay();
        }
        try {
            Leader leader = leader().orElseThrow(() -> new Refused("No leader answers, so that"
                    + " nobody can change the members; a majority of those that there are must be"
                    + " up."));
            if (leader.says().changing()) {
                throw underWay();
            }
            List<Step> steps = new MemberChange(leader.says().id(), seats(leader.says()), wanted,
                    found(wanted), held).steps();
            if (steps.isEmpty()) {
                return "The group is what the file says already; nothing was changed.";
            }
            carryOut(steps, leader.says().peers(), operator);
            return "Done: " + news(steps) + ".";
        } finally {
            oneAtATime.unlock();
        }
    }

    private static String news(List<Step> steps) {
        return steps.stream().map(Step::news).collect(Collectors.joining("; "));
    }

    private void carryOut(List<Step> steps, List<RaftPeer> group, String operator)
            throws Refused {
        told.accept(operator + " asks for a change of the members: " + news(steps));
        List<RaftPeer> before = group;
        for (Step step : steps) {
            try {
                set(before, peers(step.group()));
            } catch (IOException e) {
                Refused refused = refusal(step, e);
                told.accept("the change that " + operator + " asked for: "
                        + refused.getMessage());
                throw refused;
            }
            before = peers(step.group());
            told.accept(operator + "'s change is done: " + step.news());
        }
    }

    private static Refused underWay() {
        return new Refused("A change of the members is under way already; wait for its end"
                + " ('siteswap members').");
    }

    private static Refused refusal(Step step, IOException failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ReconfigurationInProgressException) {
                return underWay();
            }
            if (t instanceof ReconfigurationTimeoutException) {
                return new Refused("This was given up, because the new member stopped answering"
                        + " before it had the whole log: " + step.news() + ".");
            }
        }
        LOG.debug("a change of the members", failure);
        return new Refused("No leader has said that this is done, because it has changed or a"
                + " majority does not answer: " + step.news() + ". See what the group is now"
                + " ('siteswap members'), and ask again: what is missing will be done.");
    }

    private List<Seat> seats(Answer leader) {
        List<Seat> seats = new ArrayList<>();
        for (RaftPeer peer : leader.peers()) {
            String id = peer.getId().toString();
            long silent = id.equals(leader.id())
                    ? 0
                    : leader.silentMillis().getOrDefault(id, Long.MAX_VALUE);
            seats.add(new Seat(id, peer.getAddress(), peer.getPriority(),
                    silent <= settings.silence().toMillis(), behind(leader, id)));
        }
        return seats;
    }

    private Map<String, Found> found(Wanted wanted) {
        Map<String, Found> found = new HashMap<>();
        inquiry.askAll(wanted.places().stream().map(Place::address).toList())
                .forEach((address, answer) -> found.put(address, new Found(answer.id(),
                        answer.ownCommitted() < 0)));
        return found;
    }

    private static List<RaftPeer> peers(List<Seat> seats) {
        return seats.stream().map(seat -> RaftPeer.newBuilder().setId(seat.id())
                .setAddress(seat.address()).setPriority(seat.priority()).build()).toList();
    }

    /** Waits for a leader as long as an election takes: the one before may have left. */
    void set(List<RaftPeer> now, List<RaftPeer> next) throws IOException {
        long end = System.nanoTime() + settings.silence().toNanos();
        Optional<Leader> leader = leader();
        while (leader.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
            leader = leader();
        }
        inquiry.change(leader.orElseThrow(() -> new IOException("no leader answers")).at(),
                SetConfigurationRequest.Arguments.newBuilder().setServersInCurrentConf(now)
                        .setServersInNewConf(next)
                        .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET).build());
    }

    /**
     * What the leader mends without being asked: priorities that differ, as an older version wrote
     * them; a node that has lost its folder and waits to be taken in anew; a change that stopped
     * halfway.
     */
    void mend() {
        if (wellAsFarAsIsKnownHere()) {
            return;
        }
        Optional<Answer> own = leader().map(Leader::says)
                .filter(it -> it.id().equals(division.getId().toString()))
                .filter(it -> !it.changing());
        if (own.isEmpty()) {
            return;
        }
        List<RaftPeer> group = own.get().peers();
        Map<String, String> places = new LinkedHashMap<>();
        group.forEach(peer -> places.put(MemberIds.node(peer.getId()), peer.getAddress()));
        Map<String, String> news = new HashMap<>(reborn(own.get()));
        if (halfway(group.size())) {
            news.putAll(waiting(places.keySet()));
        }
        if (news.isEmpty() && equalRanks(group)) {
            // Somebody is dead, and nobody has come in his place: an operator may want to change that.
            return;
        }
        places.putAll(news);
        try {
            String done = change(new Wanted(places.entrySet().stream()
                    .map(place -> new Place(place.getKey(), place.getValue(), "")).toList()),
                    "the leader", Map.of());
            LOG.debug("mended: {}", done);
        } catch (Refused e) {
            LOG.debug("not mended: {}", e.getMessage());
        }
    }

    /** Asks nobody: this is looked at all the time. */
    private boolean wellAsFarAsIsKnownHere() {
        Collection<RaftPeer> group = division.getRaftConf().getCurrentPeers();
        boolean heard = division.getInfo().getRoleInfoProto().getLeaderInfo()
                .getFollowerInfoList().stream().allMatch(follower -> follower
                        .getLastRpcElapsedTimeMs() <= settings.silence().toMillis());
        boolean whole = !halfway(group.size()) || settings.members().size() <= group.size();
        return equalRanks(group) && heard && whole;
    }

    private static boolean equalRanks(Collection<RaftPeer> group) {
        return group.stream().map(RaftPeer::getPriority).distinct().count() <= 1;
    }

    /** No file asks for so many, save one that says that it is unsafe. */
    private static boolean halfway(int members) {
        return members % 2 == 0;
    }

    /** By node: the address of those in the file that are in no group and wait. */
    private Map<String, String> waiting(Set<String> members) {
        Map<String, String> waiting = new HashMap<>();
        settings.members().stream().filter(member -> !members.contains(member.node()))
                .forEach(member -> inquiry.ask(member.address())
                        .filter(answer -> MemberIds.joined(answer.id())
                                && MemberIds.node(answer.id()).equals(member.node())
                                && answer.ownCommitted() < 0)
                        .ifPresent(_ -> waiting.put(member.node(), member.address())));
        return waiting;
    }

    /** By node: the address at which somebody else of its name waits, while it is silent itself. */
    private Map<String, String> reborn(Answer leader) {
        Map<String, String> silent = new HashMap<>();
        for (Seat seat : seats(leader)) {
            if (!seat.live()) {
                settings.members().stream()
                        .filter(member -> member.node().equals(MemberIds.node(seat.id())))
                        .forEach(member -> silent.put(member.address(), seat.id()));
            }
        }
        Map<String, String> reborn = new HashMap<>();
        inquiry.askAll(List.copyOf(silent.keySet())).forEach((address, answer) -> {
            String node = MemberIds.node(answer.id());
            String gone = String.valueOf(silent.get(address));
            if (answer.ownCommitted() < 0 && MemberIds.node(gone).equals(node)
                    && !gone.equals(answer.id())) {
                reborn.put(node, address);
            }
        });
        return reborn;
    }
}
