package io.siteswap.monitor.app;

import picocli.CommandLine.Command;

/** {@code siteswap bgp}: for whoever runs the routers. */
@Command(name = "bgp", description = "Look into a running BGP speaker, act on its sessions, and decode files.", mixinStandardHelpOptions = true, subcommands = {
        BgpCommands.Summary.class, BgpCommands.Neighbors.class, BgpCommands.Routes.class,
        BgpCommands.Received.class, BgpSeenCommand.class, BgpCommands.Advertised.class,
        BgpCommands.Stances.class,
        BgpCommands.Errors.class, BgpCommands.Watch.class, BgpCommands.Neighbor.class,
        BgpCommands.Reload.class, BgpCommands.Leave.class, BgpDecodeCommand.class})
final class BgpCommand {
}
