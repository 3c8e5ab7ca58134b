package io.siteswap.monitor.app;

import io.siteswap.monitor.config.ClusterConfig;
import io.siteswap.monitor.config.ConfigFile;
import io.siteswap.policy.engine.Problem;
import io.siteswap.policy.tool.PolicyCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siteswap check FILE}: every problem with its place; exit 0 when there is none. */
@Command(name = "check", description = "Check a configuration file and the rule files it names.", mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The configuration file.")
    private Path file = Path.of("siteswap.yaml");
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return switch (ConfigFile.load(file)) {
            case ConfigFile.Invalid invalid -> {
                invalid.problems().forEach(out::println);
                yield Siteswap.UNUSABLE;
            }
            case ConfigFile.Loaded loaded -> {
                loaded.warnings().forEach(w -> out.println(w.toString().replace(": UNSAFE",
                        ": warning: UNSAFE")));
                yield rules(loaded.config(), out);
            }
        };
    }

    private int rules(ClusterConfig config, PrintWriter out) {
        List<Problem> problems = config.rules().isEmpty()
                ? List.of()
                : PolicyCheck.check(config.rules(), List.copyOf(config.ladder().keySet()));
        problems.forEach(p -> out.println(p.text()));
        if (problems.isEmpty()) {
            out.println(file + ": ok, " + config.nodes().size() + " nodes, "
                    + config.services().size() + " services, " + config.rules().size()
                    + " extra rule files");
        }
        return problems.isEmpty() ? 0 : Siteswap.UNUSABLE;
    }
}
