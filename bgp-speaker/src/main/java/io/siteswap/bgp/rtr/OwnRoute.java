package io.siteswap.bgp.rtr;

import io.siteswap.bgp.wire.Prefix;

/** What we announce, or would. */
public record OwnRoute(Prefix prefix, long originAs) {

    /** One sentence for the operator. */
    public String says(Validity validity) {
        return prefix + " originated by AS" + originAs + " is " + switch (validity) {
            case Validity.Valid(Vrp by) -> "RPKI-valid by the ROA " + roa(by) + ".";
            case Validity.NotFound _ -> "not in the RPKI: no ROA covers it.";
            case Validity.Invalid(Validity.Reason reason, Vrp covering) -> "RPKI-invalid: the"
                    + " covering ROA " + roa(covering) + switch (reason) {
                        case ORIGIN -> covering.as() == 0
                                ? " names AS0: nobody may announce it."
                                : " names AS" + covering.as() + ".";
                        case LENGTH -> " names this AS but allows no /" + prefix.length() + ".";
                    };
        };
    }

    private static String roa(Vrp vrp) {
        return vrp.prefix() + " max " + vrp.maxLength();
    }
}
