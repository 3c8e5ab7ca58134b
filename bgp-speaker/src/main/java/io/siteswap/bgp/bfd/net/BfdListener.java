package io.siteswap.bgp.bfd.net;

import io.siteswap.bgp.bfd.Change;

/** Hears what becomes of a neighbour. */
public interface BfdListener {

    /** On the thread that keeps all BFD intervals: hand over and return at once. */
    void changed(String key, Change change);
}
