package io.siteswap.monitor.action;

import io.siteswap.bgp.app.SpeakerClient;
import io.siteswap.bgp.app.StanceReply;
import io.siteswap.policy.plan.Step;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;

/** The announcement of a service's prefixes by this site's speaker. */
final class SpeakerAgent implements ResourceAgent {

    private final String service;
    private final List<String> prefixes;
    private final SpeakerClient speaker;
    private final String fencedRung;
    private final LongSupplier newestEpoch;

    /**
     * @param fencedRung stance of a fence
     * @param newestEpoch the newest epoch seen for the service, which a fence acts under
     */
    SpeakerAgent(String service, List<String> prefixes, SpeakerClient speaker, String fencedRung,
            LongSupplier newestEpoch) {
        this.service = service;
        this.prefixes = List.copyOf(prefixes);
        this.speaker = speaker;
        this.fencedRung = fencedRung;
        this.newestEpoch = newestEpoch;
    }

    // The speaker itself refuses an older epoch.
    @Override
    public String run(Step.Verb verb, String rung, long epoch) throws ActionFailed {
        if (verb != Step.Verb.STANCE) {
            throw new ActionFailed(
                    "The announcement takes stances; it cannot " + verb + ".");
        }
        for (String prefix : prefixes) {
            try {
                switch (speaker.setStance(service, epoch, prefix, rung)) {
                    case StanceReply.Accepted a -> {
                        // On disk and on its way to the neighbours.
                    }
                    case StanceReply.Refused refused -> throw new ActionFailed(
                            "The speaker refused stance " + rung + " for " + prefix + ": "
                                    + refused.reason());
                }
            } catch (IOException e) {
                throw new ActionFailed("The speaker did not take stance " + rung
                        + " for " + prefix + ": " + e.getMessage(), e);
            }
        }
        return String.join(", ", prefixes) + " announced as " + rung + ".";
    }

    @Override
    public String look() throws ActionFailed {
        try {
            return "The speaker has " + speaker.stances().size() + " stances.";
        } catch (IOException e) {
            throw new ActionFailed("The speaker does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public String fence() throws ActionFailed {
        return run(Step.Verb.STANCE, fencedRung, newestEpoch.getAsLong());
    }
}
