package io.siteswap.lab;

/** Something the lab needs did not work. The message is one sentence that says what to do. */
public final class LabFailure extends RuntimeException {
    public LabFailure(String message) {
        super(message);
    }

    public LabFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
