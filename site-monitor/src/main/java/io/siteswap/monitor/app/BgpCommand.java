package io.siteswap.monitor.app;

import picocli.CommandLine.Command;

/** {@code siteswap bgp ...}: looks at BGP; changes nothing. */
@Command(name = "bgp", description = "Look at BGP.", mixinStandardHelpOptions = true, subcommands = {
        BgpDecodeCommand.class})
final class BgpCommand {
}
