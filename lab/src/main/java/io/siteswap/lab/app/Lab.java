package io.siteswap.lab.app;

import io.siteswap.lab.bench.BenchCommand;
import io.siteswap.lab.demo.DemoCommand;
import io.siteswap.lab.scenarios.LabCommand;
import io.siteswap.lab.sim.SimCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Main of the lab: {@code siteswap demo}, {@code siteswap lab}, {@code siteswap bench} and {@code siteswap sim}. */
@Command(name = "siteswap", mixinStandardHelpOptions = true, subcommands = {DemoCommand.class,
        LabCommand.class, BenchCommand.class, SimCommand.class})
public final class Lab {

    private Lab() {
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Lab()).execute(args));
    }
}
