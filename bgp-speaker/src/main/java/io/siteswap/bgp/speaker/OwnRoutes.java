package io.siteswap.bgp.speaker;

import io.siteswap.bgp.wire.Address;
import io.siteswap.bgp.wire.Family;
import io.siteswap.bgp.wire.Prefix;
import io.siteswap.bgp.wire.UpdatePacker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts own prefixes with their stances into messages for a group of neighbours. */
final class OwnRoutes {

    private final long ownAs;
    private final Ladder ladder;

    OwnRoutes(long ownAs, Ladder ladder) {
        this.ownAs = ownAs;
        this.ladder = ladder;
    }

    /** @throws IllegalArgumentException if the ladder has none of that name */
    Rung rung(Stance stance) {
        return ladder.find(stance.rung()).orElseThrow(() -> new IllegalArgumentException(
                "There is no rung '" + stance.rung() + "': the ladder has "
                        + String.join(", ", ladder.rungs().keySet()) + "."));
    }

    /** The prefix and what is announced beside it on a rung. */
    Set<Prefix> announced(Prefix prefix, Rung rung) {
        return rung.announced(prefix);
    }

    /** The stances of a family by rung: those that share attributes. */
    Map<Rung, Map<Prefix, Stance>> byRung(Map<Prefix, Stance> stances, Family family) {
        Map<Rung, Map<Prefix, Stance>> byRung = new LinkedHashMap<>();
        stances.forEach((prefix, stance) -> {
            if (prefix.family() == family) {
                byRung.computeIfAbsent(rung(stance), _ -> new LinkedHashMap<>()).put(prefix,
                        stance);
            }
        });
        return byRung;
    }

    /**
     * The messages for one family of a group; prefixes that are no longer told come first.
     *
     * @param gone told before and not any more
     */
    List<Output> messages(Group group, List<String> peers, Family family,
            Map<Prefix, Stance> stances, List<Prefix> gone) {
        UpdatePacker out = new UpdatePacker(group.context());
        Map<Prefix, Stance> carried = new LinkedHashMap<>();
        List<Output> outputs = new ArrayList<>();
        byRung(stances, family).forEach((rung, of) -> {
            if (rung.withdrawn()) {
                out.withdraw(family);
                of.keySet().forEach(out::add);
                carried.putAll(of);
            } else if (announce(group, family, rung, of.keySet(), out)) {
                carried.putAll(of);
            } else {
                outputs.addAll(unannounced(peers, of.keySet()));
            }
        });
        if (!gone.isEmpty()) {
            out.withdraw(family);
            gone.forEach(out::add);
        }
        byte[] bytes = out.finish();
        if (bytes.length > 0) {
            outputs.addFirst(new Output.Send(peers, bytes, out.messages(), carried));
        }
        return outputs;
    }

    private boolean announce(Group group, Family family, Rung rung, Set<Prefix> prefixes,
            UpdatePacker out) {
        Optional<Address> nextHop = group.nextHop(family, rung);
        if (nextHop.isEmpty()) {
            return false;
        }
        out.announce(family, Announcement.attributes(ownAs, group, rung, nextHop.get()));
        if (!out.hasRoom()) {
            return false;
        }
        prefixes.forEach(prefix -> announced(prefix, rung).forEach(out::add));
        return true;
    }

    private static List<Output> unannounced(List<String> peers, Set<Prefix> prefixes) {
        List<Output> outputs = new ArrayList<>();
        for (String peer : peers) {
            prefixes.forEach(prefix -> outputs.add(new Output.Unannounced(peer, prefix,
                    "There is no next hop of its family: set next-hop for neighbour '" + peer
                            + "'.")));
        }
        return outputs;
    }

    /** Why a stance cannot be told to a neighbour of this group; empty: it can. */
    Optional<String> refusal(Group group, String peer, Prefix prefix, Stance stance) {
        Rung rung = rung(stance);
        Optional<Address> nextHop = group.nextHop(prefix.family(), rung);
        if (rung.withdrawn() || nextHop.isEmpty()) {
            return Optional.empty();
        }
        UpdatePacker out = new UpdatePacker(group.context());
        out.announce(prefix.family(),
                Announcement.attributes(ownAs, group, rung, nextHop.get()));
        return out.hasRoom()
                ? Optional.empty()
                : Optional.of("The rung '" + stance.rung() + "' with all its communities does not"
                        + " fit in a message to neighbour '" + peer + "': shorten it.");
    }
}
