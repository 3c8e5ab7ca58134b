package io.siteswap.monitor.failover;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The safety core has no clock, thread, socket, file, random source or logger. */
class PurityTest {

    private static final String[] CORE = {"io.siteswap.monitor.quorum..",
            "io.siteswap.monitor.failover..", "io.siteswap.monitor.health.."};

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.siteswap.monitor");

    @Test
    void readsNoClock() {
        noClasses().that().resideInAnyPackage(CORE).should()
                .callMethod(System.class, "nanoTime")
                .orShould().callMethod(System.class, "currentTimeMillis")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.time.Clock")
                .orShould().callMethod(java.time.Instant.class, "now")
                .because("time arrives inside of events").check(CLASSES);
    }

    @Test
    void touchesNothingOutside() {
        noClasses().that().resideInAnyPackage(CORE).should().dependOnClassesThat(
                resideInAnyPackage("java.net..", "java.nio.channels..", "java.io..", "java.sql..",
                        "java.util.concurrent.locks..", "org.slf4j..", "java.util.logging..",
                        "org.apache..", "io.netty..", "org.drools..", "org.kie..")
                        .and(com.tngtech.archunit.base.DescribedPredicate.not(
                                com.tngtech.archunit.core.domain.JavaClass.Predicates
                                        .assignableTo(Throwable.class))))
                .because("effects are carried out at the edge").check(CLASSES);
    }

    @Test
    void startsNoThreadAndRollsNoDice() {
        noClasses().that().resideInAnyPackage(CORE).should().dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould().dependOnClassesThat().areAssignableTo(RandomGenerator.class)
                .orShould().callMethod(Math.class, "random")
                .orShould().dependOnClassesThat()
                .areAssignableTo(java.util.concurrent.Executor.class)
                .because("the same events must always give the same effects").check(CLASSES);
    }

    @Test
    void quorumKnowsNothingOfFailover() {
        noClasses().that().resideInAPackage("io.siteswap.monitor.quorum..").should()
                .dependOnClassesThat().resideInAnyPackage("io.siteswap.monitor.failover..",
                        "io.siteswap.monitor.action..", "io.siteswap.monitor.probe..",
                        "io.siteswap.monitor.raft..", "io.siteswap.monitor.api..",
                        "io.siteswap.monitor.app..")
                .check(CLASSES);
    }
}
