package io.siteswap.bgp.wire;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** Hexadecimal octets where <code>{00*40}</code> stands for forty times the same. */
final class HexText {

    private static final Pattern RUN = Pattern.compile("\\{([0-9a-f]+)\\*([0-9]+)}");

    private HexText() {
    }

    static byte[] parse(String text) {
        return HexFormat.of().parseHex(RUN.matcher(text).replaceAll(
                run -> run.group(1).repeat(Integer.parseInt(run.group(2)))));
    }
}
