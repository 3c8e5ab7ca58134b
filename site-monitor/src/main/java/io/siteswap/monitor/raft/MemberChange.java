package io.siteswap.monitor.raft;

import io.siteswap.monitor.quorum.Membership.Place;
import io.siteswap.monitor.quorum.Membership.Refused;
import io.siteswap.monitor.quorum.Membership.Wanted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * From the group as it is to the group as the file wants it, one member at a time, or why not. What
 * is refused here would leave the group without a majority.
 *
 * <p>One at a time, because then any majority before a step meets any majority after it. A bigger
 * step needs both at once while it is under way, and Ratis 3.3 does not keep to that when its leader
 * dies in the middle: the next one goes on with the new group alone (decision 0034).
 *
 * @param leader id of the one that leads; it goes last
 * @param group who votes now
 * @param answers by address: who answers there
 * @param holders by service: the site that holds it
 */
record MemberChange(String leader, List<Seat> group, Wanted wanted, Map<String, Found> answers,
        Map<String, String> holders) {

    /** A new one may lack as much when it is taken in. */
    private static final long CAUGHT_UP = 1000;

    /**
     * @param live the leader has heard of it just now
     * @param behind entries that the leader has committed and this one not
     */
    record Seat(String id, String address, int priority, boolean live, long behind) {
        boolean counts() {
            return live && behind <= CAUGHT_UP;
        }

        Seat withPriority(int other) {
            return new Seat(id, address, other, live, behind);
        }
    }

    /** @param blank it was never in a group and has no entry */
    record Found(String id, boolean blank) {
    }

    /** @param group after it */
    record Step(List<Seat> group, String news) {
    }

    /**
     * What to do, each step when the one before is committed; empty when there is nothing to do.
     *
     * @throws Refused says what to do first
     */
    List<Step> steps() throws Refused {
        List<Seat> goal = new ArrayList<>();
        for (Place place : wanted.places()) {
            goal.add(seat(place));
        }
        holdersStay();
        List<Step> steps = new ArrayList<>();
        List<Seat> now = moved(group, goal);
        while (!ids(now).equals(ids(goal))) {
            Step step = step(now, goal);
            majorityLives(step.group());
            steps.add(step);
            now = step.group();
        }
        if (steps.isEmpty() && (!places(group).equals(places(goal)) || !equalRanks())) {
            majorityLives(goal);
            steps.add(new Step(ranked(goal), placesNews(goal)));
        }
        return steps;
    }

    /** What is there, at its new addresses and without priorities (decision 0033). */
    private static List<Seat> moved(List<Seat> group, List<Seat> goal) {
        return group.stream()
                .map(seat -> find(goal, seat.id()).orElse(seat).withPriority(0)).toList();
    }

    /** A dead one that goes is only in the way; else there are never less than need be. */
    private Step step(List<Seat> now, List<Seat> goal) {
        List<Seat> leave = now.stream().filter(seat -> find(goal, seat.id()).isEmpty())
                .sorted(Comparator.comparing(Seat::counts)
                        .thenComparing(seat -> seat.id().equals(leader)))
                .toList();
        Optional<Seat> come = goal.stream().filter(seat -> find(now, seat.id()).isEmpty())
                .findFirst();
        if (come.isPresent() && (leave.isEmpty() || leave.getFirst().counts())) {
            Seat seat = come.get();
            List<Seat> more = new ArrayList<>(now);
            more.add(seat);
            return new Step(more, MemberIds.node(seat.id()) + " (" + seat.address()
                    + ") becomes a member" + (MemberIds.joined(seat.id())
                            ? ", with an empty log at first"
                            : ""));
        }
        Seat seat = leave.getFirst();
        return new Step(now.stream().filter(it -> !it.equals(seat)).toList(),
                MemberIds.node(seat.id()) + " (" + seat.address() + ") is no member any more");
    }

    private Seat seat(Place place) throws Refused {
        Optional<Seat> seat = group.stream()
                .filter(it -> MemberIds.node(it.id()).equals(place.node())).findFirst();
        Found found = answers.get(place.address());
        if (found == null) {
            return silent(place, seat);
        }
        if (!MemberIds.node(found.id()).equals(place.node())) {
            throw new Refused("At " + place.address() + " answers "
                    + MemberIds.node(found.id()) + " rather than " + place.node()
                    + "; correct the 'raft' address of " + place.node() + ".");
        }
        if (seat.isPresent() && seat.get().id().equals(found.id())) {
            Seat old = seat.get();
            return new Seat(old.id(), place.address(), old.priority(), old.live(), old.behind());
        }
        if (!found.blank()) {
            throw new Refused(place.node() + " at " + place.address() + " has a log of its own that"
                    + " is not this cluster's; stop it, move its folder away and start it with"
                    + " 'siteswap run --join'.");
        }
        return new Seat(found.id(), place.address(), 0, true, 0);
    }

    /** A dead member stays one as long as the file has it. */
    private static Seat silent(Place place, Optional<Seat> seat) throws Refused {
        if (seat.isPresent() && seat.get().address().equals(place.address())) {
            return seat.get();
        }
        throw new Refused(place.node() + " does not answer at " + place.address() + ", where "
                + seat.map(it -> "the file has it (the group has it at " + it.address() + ")")
                        .orElse("the file has it as a new member")
                + "; start it there first, with 'siteswap run --join' and an empty folder when it"
                + " has no log.");
    }

    private boolean equalRanks() {
        return group.stream().map(Seat::priority).distinct().count() <= 1;
    }

    private static Set<String> ids(List<Seat> seats) {
        return places(seats).keySet();
    }

    private static Map<String, String> places(List<Seat> seats) {
        return seats.stream().collect(Collectors.toMap(Seat::id, Seat::address, (a, _) -> a,
                TreeMap::new));
    }

    private void holdersStay() throws Refused {
        for (Map.Entry<String, String> held : new TreeMap<>(holders).entrySet()) {
            String site = held.getValue();
            if (!site.isEmpty() && wanted.places().stream()
                    .noneMatch(place -> place.site().equals(site))) {
                throw new Refused(site + " holds service " + held.getKey() + " and would lose its"
                        + " last monitor; move the service away first ('siteswap switchover "
                        + held.getKey() + " --to SITE').");
            }
        }
    }

    private static Optional<Seat> find(List<Seat> seats, String id) {
        return seats.stream().filter(seat -> seat.id().equals(id)).findFirst();
    }

    private static void majorityLives(List<Seat> next) throws Refused {
        long live = next.stream().filter(Seat::counts).count();
        if (live * 2 <= next.size()) {
            throw new Refused("Only " + live + " of the " + next.size() + " members that there"
                    + " would be live and are up to date ("
                    + next.stream().filter(seat -> !seat.counts())
                            .map(seat -> MemberIds.node(seat.id()))
                            .collect(Collectors.joining(", "))
                    + (next.size() - live == 1 ? " is" : " are")
                    + " not), which is no majority; start them first.");
        }
    }

    /**
     * Ratis takes a configuration for unchanged when ids and priorities are, whatever the addresses:
     * so the priority that all have changes between 0 and 1.
     */
    private List<Seat> ranked(List<Seat> goal) {
        int priority = equalRanks() && group.getFirst().priority() == 0 ? 1 : 0;
        return goal.stream().map(seat -> seat.withPriority(priority)).toList();
    }

    private String placesNews(List<Seat> goal) {
        String moves = goal.stream()
                .filter(seat -> !seat.address().equals(places(group).get(seat.id())))
                .map(seat -> MemberIds.node(seat.id()) + " moves from "
                        + places(group).get(seat.id()) + " to " + seat.address())
                .collect(Collectors.joining(", "));
        return moves.isEmpty() ? "all have the same priority" : moves;
    }
}
