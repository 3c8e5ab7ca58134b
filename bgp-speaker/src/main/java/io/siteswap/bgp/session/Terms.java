package io.siteswap.bgp.session;

/**
 * What changes between two attempts to reach the same neighbour.
 *
 * @param restarting this speaker has just started: the R bit of our next OPEN
 * @param bfdUp as far as BFD is asked at all
 */
record Terms(boolean restarting, Offer offer, boolean bfdUp) {

    /** How much of what we can do our OPEN says (RFC 5492 section 3). */
    enum Offer {
        EVERYTHING, BASICS, NOTHING;

        /** After the neighbour refused this one; round again after the last. */
        Offer less() {
            return switch (this) {
                case EVERYTHING -> BASICS;
                case BASICS -> NOTHING;
                case NOTHING -> EVERYTHING;
            };
        }

        /** For a log line. */
        String words() {
            return switch (this) {
                case EVERYTHING -> "all capabilities";
                case BASICS -> "only families, refresh and 4-octet AS numbers";
                case NOTHING -> "no capabilities";
            };
        }
    }

    static final Terms INITIAL = new Terms(false, Offer.EVERYTHING, false);

    Terms withRestarting(boolean is) {
        return new Terms(is, offer, bfdUp);
    }

    Terms withOffer(Offer other) {
        return new Terms(restarting, other, bfdUp);
    }

    Terms withBfdUp(boolean is) {
        return new Terms(restarting, offer, is);
    }
}
