package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.port.Commands.Command;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.exec.ExecResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A probe that nobody needs any more is killed, and the operator's log had its whole script as an error. */
class QuietCommandTest {
    @ParameterizedTest
    @CsvSource({"exit 3, 3, 20000", "kill -9 $$, 137, 20000", "exec sleep 60, 137, 500"})
    void a_command_that_fails_or_is_ended_is_no_error_to_camel(String script, int exit, long limit) {
        Command command = new Command(
                List.of("/bin/sh", "-c", script), Map.of("PATH", "/bin"), null, new byte[0], Duration.ofMillis(limit));
        ExecResult result = new BoundedExecutor().execute(new BoundedCommand(command));
        assertThat(result.getExitValue()).isZero();
        assertThat(((BoundedExecutor.Result) result).output().exit()).isEqualTo(exit);
    }

    /** The words are the JDK's. */
    @ParameterizedTest
    @CsvSource({
        "'error=0, Failed to exec spawn helper: pid: 24513, signal: 2', 130",
        "'error=0, Failed to exec spawn helper: pid: 24513, exit value: 1', 127",
        "'error=2, No such file or directory', 127"
    })
    void a_signal_that_ends_what_java_starts_programs_with_is_how_the_command_ended(String words, int exit) {
        assertThat(BoundedExecutor.notRun(words).exit()).isEqualTo(exit);
    }
}
