package io.siteswap.bgp.decode;

import io.siteswap.bgp.wire.Octets;
import io.siteswap.bgp.wire.WireError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Errors as JSON. */
final class Fault {

    private Fault() {
    }

    static List<Map<String, Object>> of(List<WireError> errors) {
        return errors.stream().map(Fault::of).toList();
    }

    static Map<String, Object> of(WireError error) {
        Map<String, Object> fault = new LinkedHashMap<>();
        fault.put("consequence",
                error.consequence().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        fault.put("error", error.toNotification().describe());
        fault.put("clause", error.clause());
        fault.put("reason", error.reason());
        fault.put("hex", error.data().toString());
        return fault;
    }

    /** Of the file rather than of BGP: what cannot be read is passed over. */
    static Map<String, Object> skipped(String reason, Octets octets) {
        Map<String, Object> fault = new LinkedHashMap<>();
        fault.put("consequence", "skipped");
        fault.put("reason", reason);
        fault.put("hex", octets.toString());
        return fault;
    }
}
