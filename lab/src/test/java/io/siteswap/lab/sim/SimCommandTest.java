package io.siteswap.lab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimCommandTest {

    @ParameterizedTest
    @CsvSource({"0, --seeds 1..3", "0, --seed 1", "1, --seeds 1..20 --mutation RELEASE_BY_DECREE",
            "1, --seed 1 --mutation RELEASE_BY_DECREE --json", "0, --mutations --seeds 1..500",
            "1, --mutations --seeds 1..1", "2, --seeds 3..1", "2, --seeds 1..x", "2, --seeds 7",
            "2, --threads 0"})
    void theExitCodeSaysWhetherEveryInvariantHeld(int code, String arguments) {
        CommandLine line = new CommandLine(new SimCommand())
                .setErr(new PrintWriter(new StringWriter()));
        assertEquals(code, line.execute(arguments.split(" ", -1)));
    }
}
