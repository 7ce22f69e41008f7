package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Options;
import dev.rollcall.core.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        world.restart();
        world.crash();
        world.machine.end(FakeWorld.NEW_SUPERVISORD);
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
}
