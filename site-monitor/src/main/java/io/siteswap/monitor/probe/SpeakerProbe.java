package io.siteswap.monitor.probe;

import io.siteswap.bgp.app.NeighborView;
import io.siteswap.bgp.app.SpeakerClient;
import io.siteswap.bgp.app.StanceView;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What this site's speaker announces for a service. Taken: some established session has been sent
 * the stance in force of every prefix of the service, and that stance announces.
 *
 * @param silent rungs of the ladder that withdraw
 */
record SpeakerProbe(String service, List<String> prefixes, Set<String> silent,
        SpeakerClient speaker) implements Probe {

    /** Two prefixes of one service on different rungs, e.g. between two of our own requests. */
    private static final String MIXED = "mixed";

    @Override
    public Observation look() throws IOException {
        List<StanceView> ours = speaker.stances().stream()
                .filter(stance -> prefixes.contains(stance.prefix())).toList();
        Set<String> established = speaker.neighbors().stream()
                .filter(neighbor -> neighbor.state().equalsIgnoreCase("Established"))
                .map(NeighborView::name).collect(Collectors.toSet());
        return judge(ours, established);
    }

    Observation.Announcement judge(List<StanceView> ours, Set<String> established) {
        Set<String> rungs = ours.stream().map(StanceView::rung).collect(Collectors.toSet());
        String rung = rungs.isEmpty() ? "" : rungs.size() == 1 ? rungs.iterator().next() : MIXED;
        boolean announced = ours.size() == prefixes.size()
                && rungs.stream().noneMatch(silent::contains);
        boolean taken = announced && established.stream().anyMatch(
                name -> ours.stream().allMatch(s -> s.written().getOrDefault(name, false)));
        return new Observation.Announcement(service, true, rung, taken,
                established.size() + " sessions established, "
                        + (taken ? "announcement sent" : "no announcement sent"));
    }

    @Override
    public Observation bad(String detail) {
        return new Observation.Announcement(service, false, "", false, detail);
    }
}
