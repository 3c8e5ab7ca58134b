package io.siteswap.lab.app;

import io.siteswap.lab.bench.BenchCommand;
import io.siteswap.lab.chaos.ChaosCommand;
import io.siteswap.lab.demo.DemoCommand;
import io.siteswap.lab.scenarios.LabCommand;
import io.siteswap.lab.sim.SimCommand;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Main of the lab: {@code siteswap demo}, {@code siteswap lab}, {@code siteswap bench} and {@code siteswap sim}. */
@Command(name = "siteswap", mixinStandardHelpOptions = true, subcommands = {DemoCommand.class,
        LabCommand.class, BenchCommand.class, SimCommand.class})
public final class Lab {

    private Lab() {
    }

    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Lab());
        // Chaos is built on the scenarios' lab, which knows nothing of it.
        Objects.requireNonNull(line.getSubcommands().get("lab")).addSubcommand(new ChaosCommand());
        System.exit(line.execute(args));
    }
}
