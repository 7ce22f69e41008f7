package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.StartRecipe;
import dev.rollcall.port.Commands.Command;
import dev.rollcall.port.Commands.Output;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Incident: on a host whose Python was 3.6 supervisord was stopped, and what was to start it ended three times with an
 * AttributeError, for {@code signal.valid_signals} came with 3.8.
 */
class OldPythonTest {
    @TempDir
    private Path folder;

    private StandIn standIn;
    private Path old;

    @BeforeEach
    void prepare() throws IOException {
        standIn = StandIn.in(folder);
        old = folder.resolve("python34.py");
        try (InputStream in = OldPythonTest.class.getResourceAsStream("python34.py")) {
            Files.write(old, in.readAllBytes());
        }
    }

    @Test
    void the_program_that_starts_supervisord_needs_nothing_newer_than_python_3_4() throws IOException {
        Output output = start(standIn.recipe("fail"));
        assertThat(output.err()).contains("words on stderr").doesNotContain("Error");
        assertThat(output.exit()).isEqualTo(2);
        assertThat(standIn.told()).isTrue();
    }

    @Test
    void nor_does_it_to_name_what_is_no_text() throws IOException {
        StartRecipe recipe = StandIn.in(standIn.recipe("fail"), folder.resolve("gone") + "\uDCE9");
        Output output = start(recipe);
        assertThat(output.exit()).isEqualTo(126);
        assertThat(output.err()).startsWith("tried to enter directory " + folder.resolve("gone") + "\\");
    }

    private Output start(StartRecipe recipe) {
        Command command = Launch.of(recipe, folder.resolve("errors.txt"), Duration.ofSeconds(20));
        List<String> argv = new ArrayList<>(command.argv());
        int options = argv.indexOf("-I");
        argv.set(options - 1, Spawner.PYTHON);
        argv.add(argv.lastIndexOf("-c"), old.toString());
        return new RealCommands()
                .run(new Command(argv, command.environment(), command.directory(), command.input(), command.limit()));
    }
}
