package io.siteswap.lab.bench;

import picocli.CommandLine.Command;

/** {@code siteswap bench}: comparisons with other programs, on this machine. */
@Command(name = "bench", mixinStandardHelpOptions = true, description = "Measures Siteswap beside"
        + " other programs that do the same.", subcommands = {BgpBench.class, BgpSoak.class,
                IdleBench.class})
public final class BenchCommand {
}
