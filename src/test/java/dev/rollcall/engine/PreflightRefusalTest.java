package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.POOL;
import static dev.rollcall.engine.FakeWorld.SUPERVISORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.Options;
import dev.rollcall.core.StartRecipe;
import dev.rollcall.supervisor.XmlRpcSupervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets that must not be shut down, or that are none (S2, S5). */
class PreflightRefusalTest {
    @TempDir
    private Path folder;

    private FakeWorld world;

    @BeforeEach
    void boot() {
        world = FakeWorld.running(folder);
    }

    @Test
    void a_supervisord_that_is_pid_one() {
        world.machine.put(Machine.entry(1, 0, List.of("python3", "/usr/bin/supervisord"), Map.of()));
        world.supervisor.pid = 1;
        refused("PID_ONE");
    }

    @Test
    void a_supervisord_that_pid_one_of_a_container_waits_for() {
        world.machine.put(Machine.program(1, "/usr/bin/tini", "--", "supervisord", "-n"));
        world.starter.foreground = true;
        refused("ENDS_WITH_CONTAINER");
    }

    /** In a pod whose containers share their pids, pid 1 is /pause. */
    @Test
    void a_supervisord_that_is_the_first_process_of_a_container_beside_others() {
        world.machine.put(Machine.program(1, "/pause"));
        world.machine.put(Machine.entry(
                SUPERVISORD, 0, List.of("python3", "/usr/bin/supervisord", "-c", world.conf.toString()), Map.of()));
        world.processes.elsewhere.add(1L);
        world.starter.foreground = true;
        refused("ENDS_WITH_CONTAINER");
    }

    @Test
    void one_that_has_daemonized_in_a_container_is_a_target() {
        world.machine.put(Machine.entry(1, 0, List.of("/bin/sh", "/entrypoint.sh"), Map.of()));
        assertThat(world.restart().exitCode()).isZero();
    }

    @Test
    void a_supervisord_that_rollcall_itself_runs_below() {
        world.machine.put(Machine.entry(ProcessHandle.current().pid(), POOL, List.of("java"), Map.of()));
        refused("INSIDE_TARGET");
    }

    private void refused(String code) {
        assertThat(world.restart().error())
                .isNotNull()
                .extracting(e -> e.code())
                .isEqualTo(code);
        assertThat(world.deeds).isEmpty();
        assertThat(world.processes.signalled).isEmpty();
    }

    @Test
    void a_supervisord_that_has_just_gone() {
        Run run = new Run(
                "run",
                world.request(Options.DEFAULTS, false),
                world.machine,
                Optional.of(world.journal.begin("run", List.of("/c"), List.of())),
                Progress.NONE);
        try (Scouting seen = new Scouting(world.world(), run, Runnable::run)) {
            world.machine.end(SUPERVISORD);
            Checked checked = new PreflightStep(world.world(), seen, world.interrupt).preflight(run);
            assertThat(checked).isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                            refused.problem().code())
                    .isEqualTo("SUPERVISORD_CHANGED"));
        }
    }

    @Test
    void a_configuration_is_read_with_the_environment_of_its_supervisord() throws Exception {
        Path conf = conf("[supervisord]\n[program:w]\ncommand=/bin/true %(ENV_ONLY_ITS_OWN)s\n");
        Recipes recipes = new Recipes(new XmlRpcSupervisor(), world.starter, world.request(Options.DEFAULTS, false));
        assertThat(recipes.read(conf, Optional.of(started(Map.of("ONLY_ITS_OWN", "x"))))
                        .programs())
                .hasSize(1);
        String ours = System.getenv().keySet().iterator().next();
        conf("[supervisord]\n[program:w]\ncommand=/bin/true %(ENV_" + ours + ")s\n");
        assertThatThrownBy(() -> recipes.read(conf, Optional.of(started(Map.of()))))
                .isInstanceOf(Refusal.class);
    }

    private Path conf(String text) throws IOException {
        return Files.writeString(folder.resolve("other.conf"), text);
    }

    private static StartRecipe started(Map<String, String> environment) {
        return new StartRecipe(List.of("supervisord"), "/", environment, 0, 0, List.of(), 18, Map.of(), false, "", "");
    }
}
