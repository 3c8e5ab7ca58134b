package io.siteswap.monitor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may use which (docs: design, rooms). */
@AnalyzeClasses(packages = "io.siteswap.monitor", importOptions = ImportOption.DoNotIncludeTests.class)
final class WallsTest {

    private static final String HOME = "io.siteswap.monitor.";
    private static final String[] PURE = {HOME + "quorum..", HOME + "failover..",
            HOME + "health..", HOME + "guard"};

    @ArchTest
    static final ArchRule THE_CORE_KNOWS_NO_EDGE = noClasses().that().resideInAnyPackage(PURE)
            .should().dependOnClassesThat().resideInAnyPackage(HOME + "raft..", HOME + "sql..",
                    HOME + "log..", HOME + "api..", HOME + "app..", HOME + "action..",
                    HOME + "probe..", "io.siteswap.bgp..");

    @ArchTest
    static final ArchRule THE_CORE_DOES_NOTHING_ITSELF = noClasses().that()
            .resideInAnyPackage(PURE).should().dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.sql..",
                    "org.slf4j..", "org.apache.ratis..", "tools.jackson..", "java.util.random..")
            .orShould().dependOnClassesThat().haveFullyQualifiedName("java.lang.Thread")
            .orShould().dependOnClassesThat().haveFullyQualifiedName("java.util.Random")
            .orShould().callMethod(System.class, "nanoTime")
            .orShould().callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule ONLY_RAFT_KNOWS_RATIS = noClasses().that()
            .resideOutsideOfPackage(HOME + "raft..").should().dependOnClassesThat()
            .resideInAnyPackage("org.apache.ratis..");

    @ArchTest
    static final ArchRule RAFT_DECIDES_NOTHING = classes().that()
            .resideInAPackage(HOME + "raft..").should().onlyDependOnClassesThat()
            .resideInAnyPackage(HOME + "raft..", HOME + "log..", HOME + "quorum..",
                    HOME + "config..", HOME + "tls..", "java..", "javax..", "org.apache.ratis..",
                    "org.slf4j..", "org.jspecify..");

    /** The probes' way to connect is the only thing it takes from another edge. */
    @ArchTest
    static final ArchRule A_SHARED_DATABASE_DECIDES_NOTHING = classes().that()
            .resideInAPackage(HOME + "sql..").should().onlyDependOnClassesThat()
            .resideInAnyPackage(HOME + "sql..", HOME + "log..", HOME + "quorum..",
                    HOME + "config..", HOME + "probe..", "java..", "javax..", "org.slf4j..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule WHAT_LOGS_SHARE_KNOWS_NONE_OF_THEM = classes().that()
            .resideInAPackage(HOME + "log..").should().onlyDependOnClassesThat()
            .resideInAnyPackage(HOME + "log..", HOME + "quorum..", "io.siteswap.policy.facts..",
                    "java..", "javax..", "org.jspecify..", "tools.jackson..", "com.fasterxml..");

    @ArchTest
    static final ArchRule ONLY_THE_API_KNOWS_THE_WEB_SERVER = noClasses().that()
            .resideOutsideOfPackage(HOME + "api..").should().dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule CONFIG_STANDS_ALONE = noClasses().that()
            .resideInAPackage(HOME + "config..").should().dependOnClassesThat()
            .resideInAnyPackage(HOME + "raft..", HOME + "sql..", HOME + "log..", HOME + "api..",
                    HOME + "app..", HOME + "action..", HOME + "probe..", HOME + "quorum..",
                    HOME + "failover..", HOME + "health..");

    @ArchTest
    static final ArchRule EDGES_DO_NOT_KNOW_EACH_OTHER = noClasses().that()
            .resideInAnyPackage(HOME + "probe..", HOME + "action..", HOME + "raft..",
                    HOME + "sql..", HOME + "log..", HOME + "guard..")
            .should().dependOnClassesThat()
            .resideInAnyPackage(HOME + "api..", HOME + "app..", HOME + "failover..");

    @ArchTest
    static final ArchRule THE_MACHINE_AND_THE_CERTIFICATES_STAND_ALONE = classes().that()
            .resideInAnyPackage(HOME + "host..", HOME + "tls..").should()
            .onlyDependOnClassesThat().resideInAnyPackage(HOME + "host..", HOME + "tls..",
                    "java..", "javax..", "org.jspecify..");

    @ArchTest
    static final ArchRule NOBODY_USES_THE_MAIN = noClasses().that()
            .resideOutsideOfPackage(HOME + "app..").should().dependOnClassesThat()
            .resideInAPackage(HOME + "app..");

    @ArchTest
    static final ArchRule RULES_ARE_LOADED_BY_THE_MAIN_ALONE = noClasses().that()
            .resideOutsideOfPackage(HOME + "app..").should().dependOnClassesThat()
            .resideInAnyPackage("io.siteswap.policy.engine..", "org.kie..", "org.drools..");
}
