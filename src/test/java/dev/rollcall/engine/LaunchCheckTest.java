package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.ProcessTable;
import dev.rollcall.core.Program;
import dev.rollcall.core.Roll;
import dev.rollcall.core.ServerAddress;
import dev.rollcall.core.StartRecipe;
import dev.rollcall.core.SupervisorConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known to fail at the next start (S5). */
class LaunchCheckTest {
    private static final Roll.Supervisord ALIVE = new Roll.Supervisord(7, 70, "/c", "4.2.5", "none");
    private static final Program RUNNING = FakeSupervisor.as(FakeSupervisor.celery("worker"), "RUNNING", 8, true);

    @TempDir
    private Path folder;

    /** Where supervisord is started. */
    private String home = "/";
    /** Its {@code directory=}. */
    private String moves = "";

    private boolean foreground;

    @Test
    void what_is_there_is_no_fault() {
        assertThat(faults(ALIVE, RUNNING, "/bin/true", "/")).isEmpty();
    }

    @Test
    void a_directory_that_is_not_there_is_fatal() {
        assertThat(faults(ALIVE, RUNNING, "/bin/true", folder.resolve("none").toString()))
                .extracting(LaunchCheck.Fault::fatal)
                .containsExactly(true);
    }

    @Test
    void a_file_that_may_not_be_executed_is_no_command() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), "");
        assertThat(faults(ALIVE, RUNNING, plain.toString(), "")).hasSize(1);
    }

    @Test
    void a_folder_is_no_command() {
        assertThat(faults(ALIVE, RUNNING, folder.toString(), "")).hasSize(1);
    }

    @Test
    void a_word_alone_is_looked_up_where_supervisord_looks() throws IOException {
        executable("only-there");
        assertThat(faults(ALIVE, RUNNING, "only-there", "")).isEmpty();
        assertThat(faults(ALIVE, RUNNING, "true", ""))
                .extracting(LaunchCheck.Fault::sentence)
                .containsExactly(
                        "tried to check program worker in /c but its command true is not on its PATH (/nowhere:"
                                + folder + "), or not executable there; install it or mend the file");
    }

    @Test
    void the_first_on_the_path_counts_though_another_could_be_executed() throws IOException {
        executable("twice");
        Path first = Files.createDirectory(folder.resolve("first"));
        Files.createFile(first.resolve("twice"));
        assertThat(faults(new SupervisorConf.Launch("worker", "twice", "", "/nowhere:" + first + ":" + folder)))
                .hasSize(1);
        assertThat(faults(new SupervisorConf.Launch("worker", "twice", "", folder + ":" + first)))
                .isEmpty();
    }

    @Test
    void a_relative_directory_begins_where_supervisord_is() throws IOException {
        Files.createDirectory(folder.resolve("app"));
        home = folder.toString();
        assertThat(faults(ALIVE, RUNNING, "/bin/true", "app")).isEmpty();
        assertThat(faults(ALIVE, RUNNING, "/bin/true", "src"))
                .extracting(LaunchCheck.Fault::sentence)
                .containsExactly("tried to check program worker in /c but its directory src is not in " + folder
                        + ", where supervisord runs; create it or mend the file");
    }

    @Test
    void a_relative_command_is_looked_for_where_supervisord_is_and_executed_where_the_program_is() throws IOException {
        Path app = Files.createDirectory(folder.resolve("app"));
        home = folder.toString();
        executable("run");
        assertThat(faults(ALIVE, RUNNING, "./run", "")).isEmpty();
        assertThat(faults(ALIVE, RUNNING, "./run", "app"))
                .extracting(LaunchCheck.Fault::sentence)
                .containsExactly(
                        "tried to check program worker in /c but its command ./run is not executable from both "
                                + folder + ", where supervisord runs, and app; install it or mend the file");
        Files.createSymbolicLink(app.resolve("run"), folder.resolve("run"));
        assertThat(faults(ALIVE, RUNNING, "./run", "app")).isEmpty();
        home = app.toString();
        Files.delete(app.resolve("run"));
        assertThat(faults(ALIVE, RUNNING, "./run", folder.toString())).hasSize(1);
    }

    @Test
    void a_daemon_goes_to_the_directory_of_its_section_and_one_in_the_foreground_stays() throws IOException {
        Files.createDirectory(folder.resolve("app"));
        moves = folder.toString();
        assertThat(faults(ALIVE, RUNNING, "/bin/true", "app")).isEmpty();
        foreground = true;
        assertThat(faults(ALIVE, RUNNING, "/bin/true", "app")).hasSize(1);
    }

    @Test
    void a_program_that_is_new_must_start() {
        Program other = FakeSupervisor.as(FakeSupervisor.celery("other"), "RUNNING", 8, true);
        assertThat(faults(ALIVE, other, "/no/such/program", ""))
                .extracting(LaunchCheck.Fault::fatal)
                .containsExactly(true);
    }

    @Test
    void one_that_is_down_already_keeps_nobody_from_a_restart() {
        Program fatal = FakeSupervisor.as(RUNNING, "FATAL", 0, true);
        assertThat(faults(ALIVE, fatal, "/no/such/program", ""))
                .extracting(LaunchCheck.Fault::fatal)
                .containsExactly(false);
    }

    @Test
    void where_no_supervisord_runs_what_starts_by_itself_must_start() {
        assertThat(faults(null, FakeSupervisor.celery("worker"), "/no/such/program", ""))
                .extracting(LaunchCheck.Fault::fatal)
                .containsExactly(true);
    }

    private List<LaunchCheck.Fault> faults(Roll.Supervisord alive, Program loaded, String command, String directory) {
        return faults(alive, loaded, new SupervisorConf.Launch("worker", command, directory, "/nowhere:" + folder));
    }

    private List<LaunchCheck.Fault> faults(SupervisorConf.Launch launch) {
        return faults(ALIVE, RUNNING, launch);
    }

    private void executable(String name) throws IOException {
        Path program = Files.writeString(folder.resolve(name), "");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private List<LaunchCheck.Fault> faults(Roll.Supervisord alive, Program loaded, SupervisorConf.Launch launch) {
        ServerAddress server = new ServerAddress("/s", null, 0, "unix:///s", null, null);
        StartRecipe recipe = new StartRecipe(
                List.of("supervisord"), home, Map.of(), 0, 0, List.of(), 18, Map.of(), foreground, "", "");
        Site site = new Site(
                new SupervisorConf(
                        "/c", List.of(server), "/p", false, moves, List.of(loaded), List.of(launch), List.of()),
                server,
                Optional.ofNullable(alive),
                Optional.empty(),
                List.of(loaded),
                recipe,
                Set.of(),
                Optional.empty(),
                new ProcessTable(Machine.BOOT, List.of()),
                process -> false,
                List.of());
        return new LaunchCheck(site).faults();
    }
}
