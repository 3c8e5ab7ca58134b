package io.siteswap.bgp.decode;

import java.io.IOException;

/** Nothing can be made of the whole input. The message is one full sentence. */
public final class UnreadableInput extends IOException {

    private static final long serialVersionUID = 1;

    UnreadableInput(String message) {
        super(message);
    }
}
