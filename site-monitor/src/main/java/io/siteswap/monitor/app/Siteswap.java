package io.siteswap.monitor.app;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code siteswap}. Exit codes: 0 ok, 1 wrong outcome or refused, 2 usage. */
@Command(name = "siteswap", description = "BGP anycast site-failover controller.", mixinStandardHelpOptions = true, version = "siteswap 0.1.0", subcommands = {
        RunCommand.class, GuardCommand.class, SpeakerCommand.class, BgpCommand.class,
        CheckCommand.class, CertsCommand.class,
        ClientCommands.Status.class, ClientCommands.Switchover.class,
        ClientCommands.Resync.class, ClientCommands.Ack.class,
        ClientCommands.Active.class, ClientCommands.Explain.class,
        MaintenanceCommand.class, LabelCommand.class, AvailabilityCommand.class,
        ConfirmOffCommand.class, FenceTestCommand.class, MembersCommand.class})
public final class Siteswap {

    /** The outcome is wrong, or a request was refused. */
    static final int REFUSED = 1;
    /** Wrong usage, configuration or environment. */
    static final int UNUSABLE = 2;

    private Siteswap() {
    }

    public static void main(String[] args) {
        Logs.begin(List.of(args));
        int code = commandLine().execute(args);
        Logs.end();
        System.exit(code);
    }

    /** The command line as {@link #main} runs it; others add their own subcommands. */
    public static CommandLine commandLine() {
        return new CommandLine(new Siteswap())
                .setExecutionExceptionHandler((failure, line, _) -> failed(failure, line));
    }

    private static int failed(Exception failure, CommandLine line) {
        PrintWriter err = line.getErr();
        err.println("siteswap: " + sentence(failure));
        return failure instanceof Unusable ? UNUSABLE : REFUSED;
    }

    private static String sentence(Exception failure) {
        String message = failure.getMessage();
        boolean told = failure instanceof Unusable || failure instanceof Refused;
        return told && message != null
                ? message
                : failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    /** A running monitor says no. The message is one full sentence. */
    static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }

        Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Cannot be done with this configuration or machine. The message is one full sentence. */
    static final class Unusable extends RuntimeException {
        Unusable(String message) {
            super(message);
        }

        Unusable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
