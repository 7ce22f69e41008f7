package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.ProcessTable;
import dev.rollcall.core.Program;
import dev.rollcall.core.ServerAddress;
import dev.rollcall.core.StartRecipe;
import dev.rollcall.core.SupervisorConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program's command need not tell that it runs Celery; the script that it executes does. */
class CommandScriptTest {
    private static final String TEXT = "#!/bin/sh\nexec celery -A shop worker\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("run.sh"), TEXT);
    }

    @Test
    void is_the_command_itself_or_what_a_shell_is_given() {
        assertThat(text(folder + "/run.sh", "")).isEqualTo(TEXT);
        assertThat(text("sh -e " + folder + "/run.sh", "")).contains(TEXT);
        assertThat(text("env A=1 nice -n 5 sh -c 'exec " + folder + "/run.sh'", ""))
                .contains(TEXT);
    }

    @Test
    void is_looked_up_on_the_path_and_from_the_programs_directory() {
        assertThat(text("run.sh", "")).isEqualTo(TEXT);
        assertThat(text("sh ./run.sh", folder.toString())).contains(TEXT);
        assertThat(text("sh ./run.sh", "/")).doesNotContain("celery");
    }

    @Test
    void is_none_where_the_command_names_no_text_or_the_program_is_not_in_the_file() throws IOException {
        Files.write(folder.resolve("binary"), new byte[] {127, 'E', 'L', 'F', 0});
        Files.write(folder.resolve("large"), new byte[1 << 20]);
        assertThat(text(folder + "/binary", "")).isEmpty();
        assertThat(text(folder + "/large", "")).isEmpty();
        assertThat(text(folder + "/none " + folder, "")).isEmpty();
        assertThat(new CommandScript(site("other", "run.sh", "")).text(program("run.sh")))
                .isEmpty();
    }

    private String text(String command, String directory) {
        return new CommandScript(site("worker", command, directory)).text(program(command));
    }

    private static Program program(String command) {
        return FakeSupervisor.celery("worker").withCommand(command);
    }

    private Site site(String name, String command, String directory) {
        ServerAddress server = new ServerAddress("/s", null, 0, "unix:///s", null, null);
        StartRecipe recipe =
                new StartRecipe(List.of("supervisord"), "/", Map.of(), 0, 0, List.of(), 18, Map.of(), false, "", "");
        SupervisorConf.Launch launch =
                new SupervisorConf.Launch(name, command.split(" ")[0], directory, "/nowhere:" + folder);
        return new Site(
                new SupervisorConf("/c", List.of(server), "/p", false, "", List.of(), List.of(launch), List.of()),
                server,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                recipe,
                Set.of(),
                Optional.empty(),
                new ProcessTable(Machine.BOOT, List.of()),
                process -> false,
                List.of());
    }
}
