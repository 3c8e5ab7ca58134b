package io.siteswap.bgp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which room of the speaker may use which. */
@AnalyzeClasses(packages = "io.siteswap.bgp", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {

    private static final String WIRE = "io.siteswap.bgp.wire..";
    private static final String SESSION = "io.siteswap.bgp.session..";
    private static final String RIB = "io.siteswap.bgp.rib..";
    private static final String SPEAKER = "io.siteswap.bgp.speaker..";
    private static final String NET = "io.siteswap.bgp.net..";
    private static final String BFD = "io.siteswap.bgp.bfd..";
    private static final String MRT = "io.siteswap.bgp.mrt..";
    private static final String DECODE = "io.siteswap.bgp.decode..";
    private static final String BFD_CORE = "io.siteswap.bgp.bfd";
    private static final String APP = "io.siteswap.bgp.app..";

    @ArchTest
    static final ArchRule WIRE_KNOWS_BYTES_ONLY = noClasses().that().resideInAPackage(WIRE)
            .should().dependOnClassesThat()
            .resideInAnyPackage(SESSION, RIB, SPEAKER, NET, BFD, APP, "io.netty..", "org.slf4j..",
                    "java.time..", "java.nio.channels..");

    @ArchTest
    static final ArchRule SESSION_IS_PURE = noClasses().that().resideInAPackage(SESSION)
            .should().dependOnClassesThat().resideInAnyPackage(RIB, SPEAKER, NET, APP,
                    "io.netty..", "org.slf4j..", "java.net..", "java.nio.channels..",
                    "java.util.concurrent..", "java.util.random..");

    @ArchTest
    static final ArchRule RIB_IS_PURE = noClasses().that().resideInAPackage(RIB).should()
            .dependOnClassesThat().resideInAnyPackage(SESSION, SPEAKER, NET, APP, "io.netty..",
                    "org.slf4j..", "java.net..", "java.nio.channels..",
                    "java.util.concurrent..");

    @ArchTest
    static final ArchRule SPEAKER_IS_PURE = noClasses().that().resideInAPackage(SPEAKER)
            .should().dependOnClassesThat().resideInAnyPackage(NET, APP, "io.netty..",
                    "org.slf4j..", "java.net..", "java.nio.channels..",
                    "java.util.concurrent..");

    @ArchTest
    static final ArchRule THE_KERNEL_IS_TOLD_AND_ASKS_NOBODY = noClasses().that()
            .resideInAPackage("io.siteswap.bgp.kernel..").should().dependOnClassesThat()
            .resideInAnyPackage(SESSION, RIB, SPEAKER, NET, BFD, APP, "io.netty..");

    @ArchTest
    static final ArchRule NET_DECIDES_NOTHING = noClasses().that().resideInAPackage(NET)
            .should().dependOnClassesThat().resideInAnyPackage(RIB, SPEAKER, APP);

    @ArchTest
    static final ArchRule MRT_KNOWS_WIRE_ONLY = noClasses().that().resideInAPackage(MRT).should()
            .dependOnClassesThat().resideInAnyPackage(SESSION, RIB, SPEAKER, NET, BFD, APP,
                    DECODE, "io.netty..", "org.slf4j..", "java.net..", "java.nio.file..",
                    "java.nio.channels..", "java.util.concurrent..");

    @ArchTest
    static final ArchRule DECODE_READS_STREAMS_ONLY = noClasses().that()
            .resideInAPackage(DECODE).should().dependOnClassesThat()
            .resideInAnyPackage(SESSION, RIB, SPEAKER, NET, BFD, APP, "io.netty..",
                    "org.slf4j..", "java.net..", "java.nio.file..", "java.nio.channels..",
                    "java.util.concurrent..");

    @ArchTest
    static final ArchRule BFD_IS_PURE = noClasses().that().resideInAPackage(BFD_CORE).should()
            .dependOnClassesThat().resideInAnyPackage("io.siteswap.bgp.bfd.net..", WIRE, SESSION,
                    RIB, SPEAKER, NET, APP, "io.netty..", "org.slf4j..", "java.net..",
                    "java.nio.channels..", "java.util.concurrent..", "java.util.random..",
                    "java.lang.foreign..");

    @ArchTest
    static final ArchRule BFD_STANDS_ALONE = noClasses().that().resideInAPackage(BFD).should()
            .dependOnClassesThat().resideInAnyPackage(SESSION, RIB, SPEAKER, NET, APP,
                    "io.netty..");

    @ArchTest
    static final ArchRule THE_CORE_HAS_NO_CLOCK = noClasses().that()
            .resideInAnyPackage(WIRE, SESSION, RIB, SPEAKER, MRT, DECODE, BFD_CORE).should()
            .callMethod(System.class, "nanoTime").orShould()
            .callMethod(System.class, "currentTimeMillis").orShould()
            .dependOnClassesThat().areAssignableTo(Thread.class);
}
