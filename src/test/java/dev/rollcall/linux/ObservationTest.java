package dev.rollcall.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.core.ProcessIdentity;
import dev.rollcall.core.Scheduling;
import dev.rollcall.core.StartRecipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservationTest {
    private final Spawner spawner = new Spawner();
    private final Observation observation = new Observation(ProcfsProcesses.PROC, Systemd.find());

    @TempDir
    private Path folder;

    @AfterEach
    void endOurs() {
        spawner.close();
    }

    @Test
    void s14_what_was_started_by_a_recipe_shows_that_recipe() throws IOException {
        StandIn standIn = StandIn.in(folder);
        Path output = Files.createFile(folder.resolve("out.log"));
        List<String> argv =
                List.of(Spawner.PYTHON, standIn.script().toString(), ".", "stay", "-n", "gr\u00fc\uDCE9", "");
        Map<String, String> environment = Map.of("BYTES", "\u00ff\n", "EMPTY", "", "PATH", "/bin");
        StartRecipe plain = StandIn.at(standIn.recipe("stay"), argv, folder.toRealPath(), output.toString());
        StartRecipe recipe = StandIn.scheduled(StandIn.with(plain, environment), new Scheduling(7, "0"));
        StartRecipe seen = observation.of(start(recipe));
        assertThat(seen.limits()).containsAllEntriesOf(recipe.limits()).containsKeys("RLIMIT_CORE", "RLIMIT_NPROC");
        assertThat(seen).usingRecursiveComparison().ignoringFields("limits").isEqualTo(recipe);
    }

    @Test
    void a_directory_whose_name_java_cannot_say_in_this_locale_is_kept() throws IOException {
        String name = folder.toRealPath() + "/gr\u00fc\u00df\uDCE9";
        String bytes = folder.toRealPath() + "/gr\\xc3\\xbc\\xc3\\x9f\\xe9";
        spawner.python("import os; print(os.mkdir(b'" + bytes + "'), flush=True)");
        StandIn standIn = StandIn.in(folder);
        StartRecipe plain = standIn.recipe("stay");
        StartRecipe recipe = StandIn.at(plain, plain.argv(), Path.of("/"), "");
        assertThat(observation.of(start(StandIn.in(recipe, name))).directory()).isEqualTo(name);
    }

    @Test
    void a_directory_that_was_removed_is_named_as_it_was_and_so_is_one_in_its_place() throws IOException {
        Path release = Files.createDirectory(folder.resolve("release1")).toRealPath();
        ProcessIdentity process = start(StandIn.in(StandIn.in(folder).recipe("stay"), release.toString()));
        Files.delete(release);
        assertThat(observation.of(process).directory()).isEqualTo(release.toString());
        Files.createDirectory(release);
        assertThat(observation.of(process).directory()).isEqualTo(release.toString());
    }

    @Test
    void one_that_leads_no_session_has_not_daemonized() throws IOException {
        Process child = spawner.run("sleep", "600");
        await().ignoreExceptions()
                .until(() ->
                        observation.of(Spawner.identity(child.pid())).argv().contains("600"));
        assertThat(observation.of(Spawner.identity(child.pid())).foreground()).isTrue();
    }

    @Test
    void one_that_leads_its_session_and_writes_nowhere_has_daemonized() throws IOException {
        StandIn standIn = StandIn.in(folder);
        new RealCommands().run(Launch.of(standIn.recipe("daemonize"), folder.resolve("e"), Duration.ofSeconds(20)));
        await().until(() -> Files.exists(folder.resolve("pid")));
        long pid = Long.parseLong(standIn.text("pid"));
        spawner.adopt(pid);
        assertThat(observation.of(Spawner.identity(pid)).foreground()).isFalse();
        assertThat(observation.of(Spawner.identity(pid)).output()).isEmpty();
    }

    @Test
    void what_is_not_that_process_any_more_has_no_recipe() throws IOException {
        ProcessIdentity us = Spawner.identity(ProcessHandle.current().pid());
        ProcessIdentity other = new ProcessIdentity(us.pid(), us.startTicks() - 1, us.bootId());
        assertThatThrownBy(() -> observation.of(other))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("but it has ended; ");
    }

    private ProcessIdentity start(StartRecipe recipe) {
        byte[] out = new RealCommands()
                .run(Launch.of(recipe, folder.resolve("errors.txt"), Duration.ofSeconds(20)))
                .out();
        long pid = Long.parseLong(new String(out, StandardCharsets.US_ASCII).replaceAll("\\D", ""));
        spawner.adopt(pid);
        // it asks for its own directory while it tells, and would die of one that the test has removed meanwhile
        await().until(() -> Files.exists(folder.resolve("told")));
        return Spawner.identity(pid);
    }
}
