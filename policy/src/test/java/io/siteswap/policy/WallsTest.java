package io.siteswap.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use what in this module. */
@AnalyzeClasses(packages = "io.siteswap.policy", importOptions = DoNotIncludeTests.class)
class WallsTest {

    @ArchTest
    static final ArchRule onlyTheEngineKnowsDrools = noClasses().that()
            .resideOutsideOfPackage("io.siteswap.policy.engine..").should().dependOnClassesThat()
            .resideInAnyPackage("org.drools..", "org.kie..", "org.mvel2..");

    @ArchTest
    static final ArchRule factsVerdictsAndPlanArePure = classes().that()
            .resideInAnyPackage("io.siteswap.policy.facts..", "io.siteswap.policy.verdicts..",
                    "io.siteswap.policy.plan..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("java.lang", "java.util",
                    "java.util.function", "java.util.stream", "java.lang.runtime",
                    "java.lang.invoke", "org.jspecify.annotations", "io.siteswap.policy.facts..",
                    "io.siteswap.policy.verdicts..", "io.siteswap.policy.plan..");

    @ArchTest
    static final ArchRule factsKnowNothingElse = noClasses().that()
            .resideInAPackage("io.siteswap.policy.facts..").should().dependOnClassesThat()
            .resideInAnyPackage("io.siteswap.policy.verdicts..", "io.siteswap.policy.plan..",
                    "io.siteswap.policy.engine..", "io.siteswap.policy.tool..");

    @ArchTest
    static final ArchRule policyHasNoClockThreadOrSocket = noClasses().should()
            .dependOnClassesThat().resideInAnyPackage("java.net..", "java.time..", "io.netty..",
                    "java.util.concurrent.locks..")
            .orShould().dependOnClassesThat().belongToAnyOf(Thread.class, java.util.Random.class);
}
