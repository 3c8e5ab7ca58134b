package io.siteswap.monitor.quorum;

import java.util.List;
import java.util.Optional;

/**
 * The port to who is a member of the log and votes. The configuration file says who should be; the
 * log keeps who is. Calls wait for answers over the network; not for the thread of the logic.
 */
public interface Membership {

    /** Who should be a member, by a configuration file. */
    record Wanted(List<Place> places) {
        public Wanted {
            places = List.copyOf(places);
        }
    }

    /** @param address {@code host:port} at which the others reach its log */
    record Place(String node, String address, String site) {
    }

    /**
     * One node, in the file or in the group or in both.
     *
     * @param wanted its address in the file; absent: not there
     * @param present its address in the group; absent: no member
     * @param leads it is the leader, who knows the rest
     * @param behind entries that the leader has committed and this one not; absent: not known
     * @param silentMillis since the leader last heard of it; absent: not known
     * @param joining something answers at its address that waits to be taken in
     */
    record Member(String node, Optional<String> wanted, Optional<String> present, boolean leads,
            Optional<Long> behind, Optional<Long> silentMillis, boolean joining) {
    }

    /**
     * @param leader empty when none is known: then {@code members} is what this node knew last
     * @param changing a change is under way
     */
    record Roster(String leader, boolean changing, List<Member> members) {
        public Roster {
            members = List.copyOf(members);
        }
    }

    /** The group beside the file; waits a second for those that do not answer. */
    Roster roster(Wanted wanted);

    /**
     * Makes the group what the file says, one member after the other, and waits for the end. When it
     * stops halfway, asking again does what is missing.
     *
     * @param operator who asks
     * @return one sentence: what was done, or that there was nothing to do
     */
    String change(Wanted wanted, String operator) throws Refused;

    /** Nothing was changed, or it is not known. The message is one full sentence. */
    final class Refused extends Exception {
        public Refused(String sentence) {
            super(sentence);
        }
    }
}
