/**
 * Random faults on the running lab, and a checker that decides afterwards: {@code siteswap lab chaos}
 * (docs/chaos.md).
 */
@org.jspecify.annotations.NullMarked
package io.siteswap.lab.chaos;
