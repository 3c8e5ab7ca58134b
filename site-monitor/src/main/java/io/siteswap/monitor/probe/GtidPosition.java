package io.siteswap.monitor.probe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A MariaDB GTID position: the last transaction of each replication domain,
 * {@code domain-server-sequence} separated by commas.
 */
public record GtidPosition(Map<Long, Gtid> last) {

    /** One transaction. */
    public record Gtid(long domain, long server, long sequence) {
        @Override
        public String toString() {
            return domain + "-" + server + "-" + sequence;
        }
    }

    public GtidPosition {
        last = Map.copyOf(last);
    }

    /** @throws IllegalArgumentException when the text is no GTID position */
    public static GtidPosition parse(String text) {
        Map<Long, Gtid> last = new LinkedHashMap<>();
        for (String part : text.isBlank() ? new String[0] : text.strip().split("\\s*,\\s*")) {
            String[] numbers = part.split("-");
            if (numbers.length != 3) {
                throw new IllegalArgumentException("'" + part + "' is not a MariaDB GTID.");
            }
            Gtid gtid = new Gtid(Long.parseUnsignedLong(numbers[0]),
                    Long.parseUnsignedLong(numbers[1]), Long.parseUnsignedLong(numbers[2]));
            last.merge(gtid.domain(), gtid,
                    (a, b) -> Long.compareUnsigned(a.sequence(), b.sequence()) >= 0 ? a : b);
        }
        return new GtidPosition(last);
    }

    /** Every domain of {@code other} has come at least as far here. */
    public boolean holds(GtidPosition other) {
        return other.last.values().stream().allMatch(theirs -> {
            Gtid ours = last.get(theirs.domain());
            return ours != null && Long.compareUnsigned(ours.sequence(), theirs.sequence()) >= 0;
        });
    }

    @Override
    public String toString() {
        return last.values().stream().sorted((a, b) -> Long.compareUnsigned(a.domain(), b.domain()))
                .map(Gtid::toString).collect(Collectors.joining(","));
    }
}
