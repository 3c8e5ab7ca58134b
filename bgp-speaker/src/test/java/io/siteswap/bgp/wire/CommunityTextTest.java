package io.siteswap.bgp.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.siteswap.bgp.wire.LargeCommunities.Large;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Communities as engineers write them: what is printed is read back. */
class CommunityTextTest {

    @Test
    void wellKnownCommunitiesHaveNames() {
        assertEquals(new Community(0xFFFFFF01), Community.parse("no-export"));
        assertEquals(Community.NO_EXPORT, Community.parse("NO_EXPORT"));
        assertEquals("65535:6", Community.parse("llgr-stale").toString());
        assertEquals("65535:7", Community.NO_LLGR.toString());
        assertEquals("65535:666", Community.BLACKHOLE.toString());
        assertEquals(Optional.of("graceful-shutdown"), Community.parse("65535:0").name());
        assertEquals(Optional.empty(), Community.parse("64500:1").name());
        String reason = assertThrows(IllegalArgumentException.class,
                () -> Community.parse("no-exports")).getMessage();
        assertEquals("'no-exports' is not a community: write two numbers from 0 to 65535, like"
                + " 65535:0, or blackhole, graceful-shutdown, llgr-stale, no-advertise,"
                + " no-export, no-export-subconfed, no-llgr, no-peer.", reason);
    }

    @Test
    void largeCommunities() {
        assertEquals(new Large(64500, 1, 2), Large.parse("64500:1:2"));
        assertEquals("4294967295:0:4294967295",
                Large.parse("4294967295:0:4294967295").toString());
        for (String wrong : List.of("", "1:2", "1:2:3:4", "1:2:x", "4294967296:1:1", "-1:1:1",
                "1::2")) {
            assertThrows(IllegalArgumentException.class, () -> Large.parse(wrong), wrong);
        }
    }

    @Test
    void extendedCommunities() {
        assertEquals(0x0002_fbf4_0000_0001L, ExtendedCommunity.parse("rt:64500:1").value());
        assertEquals(0x0003_fbf4_ffff_ffffL,
                ExtendedCommunity.parse("soo:64500:4294967295").value());
        assertEquals(0x0102_c612_0001_0007L, ExtendedCommunity.parse("rt:198.18.0.1:7").value());
        assertEquals(0x0202_0001_0000_0001L, ExtendedCommunity.parse("rt:65536:1").value());
        assertEquals(0x0203_0000_fbf4_0001L, ExtendedCommunity.parse("soo:64500L:1").value());
        assertEquals(0x4004_fbf4_4a00_0000L,
                ExtendedCommunity.parse("0x4004fbf44a000000").value());
        for (String wrong : List.of("", "rt", "rt:1", "rt:1:2:3", "xx:1:2", "rt:1:4294967296",
                "rt:65536:65536", "rt:-1:1", "rt:1:-1", "rt:198.18.0.256:1", "rt:4294967296:1",
                "0x1", "0x0002fbf40000000g", "0x+002fbf400000001", "rt:L:1")) {
            assertThrows(IllegalArgumentException.class, () -> ExtendedCommunity.parse(wrong),
                    wrong);
        }
    }

    @Test
    void everyExtendedCommunityIsReadBack() {
        Random random = new Random(4360);
        for (int i = 0; i < 100_000; i++) {
            long type = random.nextInt(4);
            long value = random.nextBoolean()
                    ? random.nextLong()
                    : type << 56 | (2L + random.nextInt(2)) << 48
                            | (random.nextLong() & 0xFFFF_FFFF_FFFFL);
            ExtendedCommunity community = new ExtendedCommunity(value);
            assertEquals(community, ExtendedCommunity.parse(community.toString()));
        }
    }
}
