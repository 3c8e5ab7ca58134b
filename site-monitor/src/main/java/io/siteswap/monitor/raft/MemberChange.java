package io.siteswap.monitor.raft;

import io.siteswap.monitor.quorum.Membership.Place;
import io.siteswap.monitor.quorum.Membership.Refused;
import io.siteswap.monitor.quorum.Membership.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * From the group as it is to the group as the file wants it, in one step, or why not. Raft itself
 * refuses what could split the cluster; what is refused here would leave it without a majority.
 *
 * @param group who votes now
 * @param answers by address: who answers there
 * @param holders by service: the site that holds it
 */
record MemberChange(List<Seat> group, Wanted wanted, Map<String, Found> answers,
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
    }

    /** @param blank it was never in a group and has no entry */
    record Found(String id, boolean blank) {
    }

    /**
     * The group after the change; empty when it is that already.
     *
     * @throws Refused says what to do
     */
    List<Seat> next() throws Refused {
        List<Seat> next = new ArrayList<>();
        for (Place place : wanted.places()) {
            next.add(seat(place));
        }
        if (same(next)) {
            return List.of();
        }
        holdersStay();
        notTooManyNew(next);
        majorityLives(next);
        return ranked(next);
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
                    + "; is the 'raft' address of " + place.node() + " right?");
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

    private boolean same(List<Seat> next) {
        boolean ranks = group.stream().map(Seat::priority).distinct().count() <= 1;
        return ranks && places(group).equals(places(next));
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

    /** Ratis refuses more: a group that is new for the most part may never elect a leader. */
    private void notTooManyNew(List<Seat> next) throws Refused {
        long added = next.stream().filter(seat -> find(seat.id()).isEmpty()).count();
        boolean fromOneToTwo = group.size() == 1 && next.size() == 2 && added == 1;
        if (added * 2 >= next.size() && !fromOneToTwo) {
            throw new Refused("That would make " + added + " of " + next.size() + " members new"
                    + " ones at once; change fewer of them at a time.");
        }
    }

    private Optional<Seat> find(String id) {
        return group.stream().filter(seat -> seat.id().equals(id)).findFirst();
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
     * All the same priority (decision 0033). Ratis takes a configuration for unchanged when ids and
     * priorities are, whatever the addresses: then the common priority changes between 0 and 1.
     */
    private List<Seat> ranked(List<Seat> next) {
        boolean moved = places(group).keySet().equals(places(next).keySet());
        int now = group.getFirst().priority();
        boolean equal = group.stream().allMatch(seat -> seat.priority() == now);
        int priority = moved && equal && now == 0 ? 1 : 0;
        return next.stream().map(seat -> new Seat(seat.id(), seat.address(), priority,
                seat.live(), seat.behind())).toList();
    }

    /** Who comes, goes or moves, for people. */
    String news(List<Seat> next) {
        List<String> parts = new ArrayList<>();
        Map<String, String> before = nodes(group);
        Map<String, String> after = nodes(next);
        after.forEach((node, address) -> {
            String old = before.get(node);
            if (old == null) {
                parts.add(node + " (" + address + ") becomes a member");
            } else if (!Objects.equals(id(group, node), id(next, node))) {
                parts.add(node + " (" + address + ") takes the place of " + node + " (" + old
                        + ") with an empty log");
            } else if (!old.equals(address)) {
                parts.add(node + " moves from " + old + " to " + address);
            }
        });
        before.keySet().stream().filter(node -> !after.containsKey(node))
                .forEach(node -> parts.add(node + " is no member any more"));
        return parts.isEmpty() ? "all get the same priority" : String.join(", ", parts);
    }

    private static Map<String, String> nodes(List<Seat> seats) {
        return seats.stream().collect(Collectors.toMap(seat -> MemberIds.node(seat.id()),
                Seat::address, (a, _) -> a, TreeMap::new));
    }

    private static String id(List<Seat> seats, String node) {
        return seats.stream().map(Seat::id).filter(id -> MemberIds.node(id).equals(node))
                .findFirst().orElse("");
    }
}
