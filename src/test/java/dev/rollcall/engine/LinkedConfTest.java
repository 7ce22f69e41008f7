package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Options;
import dev.rollcall.core.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incident: the configuration is reached through a link, as {@code current -> releases/7} of a release is. */
class LinkedConfTest {
    private FakeWorld world;
    private Path current;

    @BeforeEach
    void boot(@TempDir Path folder) throws IOException {
        world = FakeWorld.running(folder);
        current = link(folder, "current");
        world.asked = current;
        world.starter.argv = FakeStarter.started(current);
    }

    private Path link(Path folder, String name) throws IOException {
        return Files.createSymbolicLink(folder.toRealPath().resolve(name), world.conf.getParent())
                .resolve(world.conf.getFileName());
    }

    @Test
    void it_is_read_by_the_link_as_supervisord_will_read_it() {
        assertThat(world.restart().exitCode()).isZero();
        assertThat(world.supervisor.reads).containsOnly(current);
    }

    @Test
    void what_it_is_known_by_is_the_file_behind_the_link() {
        Result result = world.restart();
        assertThat(result.roll().supervisord().conf()).isEqualTo(world.conf.toString());
        assertThat(world.starter.keeps).containsKey(world.conf.toString());
    }

    @Test
    void another_link_than_supervisord_s_own_leads_to_the_same_and_is_not_what_is_read(@TempDir Path other)
            throws IOException {
        world.asked = link(other, "latest");
        assertThat(world.restart().exitCode()).isZero();
        assertThat(world.supervisor.reads).containsOnly(current);
    }

    @Test
    void after_a_crash_it_is_read_by_the_link_that_the_kept_recipe_names() {
        crashAfterARestart();
        world.asked = world.conf;
        world.supervisor.reads.clear();
        assertThat(world.run(Options.DEFAULTS, true).exitCode()).isZero();
        assertThat(world.supervisor.reads).containsOnly(current);
    }

    @Test
    void one_that_nobody_has_seen_is_started_by_the_link_that_was_asked_for() {
        world.crash();
        assertThat(world.restart().exitCode()).isZero();
        assertThat(world.supervisor.reads).containsOnly(current);
        assertThat(world.starter.started.orElseThrow().argv()).endsWith("-c", current.toString());
    }

    @Test
    void a_kept_recipe_is_found_by_the_link_after_a_switch() throws IOException {
        world.starter.argv = own(current);
        crashAfterARestart();
        switched();
        Result result = world.restart();
        assertThat(result.exitCode()).isZero();
        assertThat(world.starter.started.orElseThrow().argv()).isEqualTo(own(current));
        assertThat(FakeWorld.codes(result)).doesNotContain("RECIPE_INVENTED");
    }

    @Test
    void it_is_found_by_supervisord_s_own_link_though_it_was_kept_when_asked_by_the_file() throws IOException {
        world.starter.argv = own(current);
        world.asked = world.conf;
        crashAfterARestart();
        world.asked = current;
        switched();
        world.restart();
        assertThat(world.starter.started.orElseThrow().argv()).isEqualTo(own(current));
    }

    @Test
    void a_kept_recipe_that_would_read_the_file_of_before_the_switch_is_not_used() throws IOException {
        startedWith("supervisord.conf");
        crashAfterARestart();
        switched();
        Result result = world.restart();
        assertThat(world.starter.started.orElseThrow().argv()).endsWith("-c", current.toString());
        assertThat(FakeWorld.codes(result)).contains("RECIPE_INVENTED");
    }

    @Test
    void a_start_that_is_cut_off_is_gone_on_with_by_what_the_link_leads_to_by_then() throws IOException {
        world.cutAfter("shutdown_done");
        switched();
        Files.delete(world.conf);
        world.supervisor.reads.clear();
        assertThat(world.resume().orElseThrow().exitCode()).isZero();
        assertThat(world.supervisor.reads).containsOnly(current);
    }

    private static List<String> own(Path conf) {
        return List.of("python3", "/usr/bin/supervisord", "-c", conf.toString(), "-i", "its-own");
    }

    private void crashAfterARestart() {
        world.restart();
        world.crash();
        world.machine.end(FakeWorld.NEW_SUPERVISORD);
    }

    @Test
    void one_that_would_read_the_file_of_before_the_switch_is_not_stopped() throws IOException {
        startedWith("supervisord.conf");
        Path next = switched();
        for (boolean dryRun : List.of(true, false)) {
            Result result = world.run(Options.DEFAULTS, dryRun);
            assertThat(result.exitCode()).isEqualTo(4);
            assertThat(result.error().code()).isEqualTo("OTHER_CONF");
            assertThat(result.error().message())
                    .isEqualTo("tried to restart supervisord (pid " + FakeWorld.SUPERVISORD + ") with " + current
                            + " (now " + next
                            + ") but as it is started (python3 /usr/bin/supervisord -c supervisord.conf in "
                            + world.conf.getParent() + ") it would read " + world.conf
                            + "; name that file with -c, or shut supervisord down and start it once with -c "
                            + current);
        }
        assertThat(world.deeds).isEmpty();
    }

    @Test
    void one_whose_own_link_has_been_switched_too_reads_the_new_file() throws IOException {
        switched();
        assertThat(world.restart().exitCode()).isZero();
        assertThat(world.supervisor.reads).containsOnly(current);
    }

    @Test
    void what_the_release_of_before_has_spared_is_spared_by_the_next_one_too() throws IOException {
        long clone = FakeWorld.POOL + 30;
        world.machine.put(Machine.inGroup(
                Machine.entry(
                        clone,
                        FakeWorld.POOL,
                        FakeSupervisor.WORKER,
                        FakeSupervisor.marks(world.supervisor.configured.get(0))),
                clone,
                FakeWorld.SUPERVISORD));
        world.supervisor.manners.put("worker", FakeSupervisor.Manner.LEAVES_POOL);
        world.restart();
        world.machine.pause(Duration.ofSeconds(5));
        switched();
        assertThat(world.restart().exitCode()).isZero();
        assertThat(world.machine.runs(clone)).isTrue();
        assertThat(world.processes.signalled).noneMatch(id -> id.pid() == clone);
    }

    /** Two dots behind a link lead to above what it leads to; the journals and the index must mean one file. */
    @Test
    void it_is_one_path_for_the_journal_and_for_the_index_also_behind_a_link_and_two_dots() {
        Path folder = world.conf.getParent();
        world.asked = current.resolveSibling("..").resolve(folder.getFileName()).resolve(world.conf.getFileName());
        Request request = world.request(Options.DEFAULTS, false);
        assertThat(Memory.paths(request.conf()).get(0)).isEqualTo(request.realConf());
    }

    @Test
    void the_start_command_of_a_target_must_read_the_file_that_was_asked_for() throws IOException {
        Path other = Files.writeString(world.conf.resolveSibling("other.conf"), "");
        world.start = FakeStarter.started(other);
        assertThat(world.restart().error().message())
                .contains(current.toString(), other.toString(), "mend targets.default.start");
        world.start = List.of("/bin/sh");
        assertThat(world.restart().exitCode()).isZero();
    }

    @Test
    void so_must_that_of_one_that_does_not_run() throws IOException {
        world.crash();
        world.start = FakeStarter.started(Files.writeString(world.conf.resolveSibling("other.conf"), ""));
        assertThat(world.restart().error().code()).isEqualTo("OTHER_CONF");
        assertThat(world.deeds).isEmpty();
    }

    /** Its directory is the unit's, and that may be a link that was switched. */
    @Test
    void a_unit_goes_by_a_directory_of_its_own() throws IOException {
        world.starter.unit = "s.service";
        startedWith("supervisord.conf");
        switched();
        assertThat(world.run(Options.DEFAULTS, true).exitCode()).isZero();
    }

    @Test
    void a_unit_that_has_been_rewritten_since_names_the_file_itself() throws IOException {
        world.starter.unit = "s.service";
        startedWith(world.conf.toString());
        switched();
        assertThat(world.run(Options.DEFAULTS, true).error().code()).isEqualTo("OTHER_CONF");
        world.starter.unitNames = true;
        assertThat(world.run(Options.DEFAULTS, true).exitCode()).isZero();
    }

    private void startedWith(String word) {
        world.starter.argv = List.of("python3", "/usr/bin/supervisord", "-c", word);
        world.starter.directory = world.conf.getParent().toString();
    }

    /** @return the file that the link leads to from now on */
    private Path switched() throws IOException {
        Path next = Files.createDirectory(world.conf.resolveSibling("r2")).resolve("supervisord.conf");
        Files.writeString(next, "");
        Files.delete(current.getParent());
        Files.createSymbolicLink(current.getParent(), next.getParent());
        return next;
    }
}
