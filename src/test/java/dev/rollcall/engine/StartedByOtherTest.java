package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.NEW_SUPERVISORD;
import static dev.rollcall.engine.FakeWorld.SUPERVISORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Result;
import dev.rollcall.port.Supervisor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real routes on the fake machine: somebody else starts supervisord while we restart it. There must never be two. */
class StartedByOtherTest {
    private static final long OTHER = SUPERVISORD + 500;

    @TempDir
    private Path folder;

    private FakeWorld world;

    @BeforeEach
    void boot() {
        world = FakeWorld.running(folder);
    }

    @Test
    void a_supervisord_that_is_there_and_answers_only_after_a_second_is_waited_for() {
        world.supervisor.onShutdown = () -> otherBegins(() -> {
            world.machine.end(OTHER);
            world.supervisor.boot();
        });
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(FakeWorld.codes(result)).containsExactly("STARTED_BY_OTHER");
        assertThat(world.deeds).containsExactly("keep", "shutdown");
    }

    @Test
    void one_that_ends_before_it_answers_does_not_keep_us_from_starting_our_own() {
        world.supervisor.onShutdown = () -> otherBegins(() -> world.machine.end(OTHER));
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(FakeWorld.codes(result)).isEmpty();
        assertThat(world.deeds).containsExactly("keep", "shutdown", "start");
    }

    @Test
    void one_that_never_answers_is_named_and_no_second_one_is_started() {
        world.supervisor.onShutdown = () -> otherBegins(() -> {});
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.error().code()).isEqualTo("START_FAILED");
        assertThat(result.error().message()).contains("pid " + OTHER).contains("does not answer");
        assertThat(result.durationMs()).isBetween(60_000L, 70_000L);
        assertThat(world.deeds).doesNotContain("start");
    }

    @Test
    void one_that_was_deaf_before_the_restart_began_is_not_waited_for() {
        world.machine.put(other());
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(FakeWorld.codes(result)).containsExactly("SECOND_SUPERVISORD");
        assertThat(world.machine.runs(OTHER)).isTrue();
        assertThat(world.machine.runs(NEW_SUPERVISORD)).isTrue();
    }

    @Test
    void one_of_our_own_that_does_not_answer_is_not_started_twice() {
        world.starter.onStart = () -> world.machine.put(other());
        Result result = world.restart();
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(FakeWorld.codes(result)).isEmpty();
        assertThat(world.deeds).containsExactly("keep", "shutdown", "start");
    }

    @Test
    void who_reads_its_log_is_not_waited_for_and_no_supervisord_that_is_in_the_way() {
        world.machine.put(Machine.program(OTHER, "/usr/bin/journalctl", "-u", "supervisord", "-f"));
        world.supervisor.onShutdown =
                () -> world.machine.put(Machine.program(OTHER + 1, "/usr/bin/tail", "-f", "/var/log/supervisord"));
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(FakeWorld.codes(result)).isEmpty();
        assertThat(world.deeds).containsExactly("keep", "shutdown", "start");
    }

    @Test
    void who_reads_the_log_of_one_that_has_crashed_does_not_keep_it_from_being_started() {
        world.machine.end(SUPERVISORD);
        world.supervisor.reach = Supervisor.Reach.ABSENT;
        world.machine.put(Machine.program(OTHER, "/usr/bin/journalctl", "-u", "supervisord", "-f"));
        assertThat(world.restart().error()).isNull();
        assertThat(world.deeds).endsWith("start");
    }

    @Test
    void one_of_a_container_is_not_waited_for() {
        world.processes.elsewhere.add(OTHER);
        world.supervisor.onShutdown = () -> world.machine.put(other());
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(FakeWorld.codes(result)).isEmpty();
        assertThat(world.deeds).containsExactly("keep", "shutdown", "start");
    }

    @Test
    void nor_does_it_keep_one_that_has_crashed_from_being_started() {
        world.machine.end(SUPERVISORD);
        world.supervisor.reach = Supervisor.Reach.ABSENT;
        world.processes.elsewhere.add(OTHER);
        world.machine.put(other());
        assertThat(world.restart().error()).isNull();
        assertThat(world.deeds).endsWith("start");
    }

    @Test
    void nor_is_it_a_second_one() {
        world.processes.elsewhere.add(OTHER);
        world.machine.put(other());
        assertThat(FakeWorld.codes(world.restart())).isEmpty();
    }

    private void otherBegins(Runnable aSecondLater) {
        world.machine.after(150, () -> world.machine.put(other()));
        world.machine.after(1500, aSecondLater);
    }

    private dev.rollcall.core.ProcessEntry other() {
        String conf = folder.resolve("supervisord.conf").toString();
        return Machine.entry(OTHER, 1, List.of("python3", "/usr/bin/supervisord", "-c", conf), Map.of());
    }
}
