package io.siteswap.bgp.rib;

import java.util.Optional;

/**
 * Which received routes of one neighbour are kept, and how many of them are too many.
 *
 * @param filter by prefix
 * @param enforceFirstAs the path of an external neighbour starts with its AS (RFC 4271 section 6.3);
 * off for route servers, which leave themselves out
 * @param allowOwnAs so many times our own AS may stand in a path, 0 to 2; 0: any such path is a
 * loop
 * @param maxPathLength longer AS paths are refused: nobody needs them, some crash on them
 * @param rejectInvalid routes whose origin is proven wrong are not used (RFC 6811)
 */
public record ImportOptions(PrefixFilter filter, boolean enforceFirstAs, int allowOwnAs,
        int maxPathLength, boolean rejectInvalid, Optional<MaxPrefix> maxPrefix) {

    /** The longest path in today's Internet is below 100; this leaves room. */
    public static final int DEFAULT_MAX_PATH_LENGTH = 500;

    public static final ImportOptions EVERYTHING = new ImportOptions(PrefixFilter.EVERYTHING,
            false, 0, DEFAULT_MAX_PATH_LENGTH, false, Optional.empty());

    /** @throws IllegalArgumentException with a sentence for the operator */
    public ImportOptions {
        if (allowOwnAs < 0 || allowOwnAs > 2) {
            throw new IllegalArgumentException(
                    "allow-own-as must be between 0 and 2, not " + allowOwnAs + ".");
        }
        if (maxPathLength < 1 || maxPathLength > 4094) {
            throw new IllegalArgumentException(
                    "max-path-length must be between 1 and 4094, not " + maxPathLength + ".");
        }
    }

    public ImportOptions withFilter(PrefixFilter other) {
        return new ImportOptions(other, enforceFirstAs, allowOwnAs, maxPathLength, rejectInvalid,
                maxPrefix);
    }

    public ImportOptions withEnforceFirstAs(boolean enforce) {
        return new ImportOptions(filter, enforce, allowOwnAs, maxPathLength, rejectInvalid,
                maxPrefix);
    }

    public ImportOptions withAllowOwnAs(int times) {
        return new ImportOptions(filter, enforceFirstAs, times, maxPathLength, rejectInvalid,
                maxPrefix);
    }

    public ImportOptions withMaxPathLength(int longest) {
        return new ImportOptions(filter, enforceFirstAs, allowOwnAs, longest, rejectInvalid,
                maxPrefix);
    }

    public ImportOptions withRejectInvalid(boolean reject) {
        return new ImportOptions(filter, enforceFirstAs, allowOwnAs, maxPathLength, reject,
                maxPrefix);
    }

    public ImportOptions withMaxPrefix(MaxPrefix limit) {
        return new ImportOptions(filter, enforceFirstAs, allowOwnAs, maxPathLength,
                rejectInvalid, Optional.of(limit));
    }
}
