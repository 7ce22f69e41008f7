package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static dev.rollcall.engine.FakeWorld.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.ProcessEntry;
import dev.rollcall.core.Result;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incident: supervisord's unit has PrivateTmp=, and after a crash its workers lived on unseen beside those of its next life. */
class PrivateTmpTest {
    private FakeWorld world;

    @BeforeEach
    void crash(@TempDir Path folder) {
        world = FakeWorld.running(folder);
        for (long pid : new long[] {MAIN, POOL, POOL + 1}) {
            world.machine.find(pid).ifPresent(e -> world.machine.put(inAnotherNamespace(e)));
        }
        world.crash();
        world.supervisor.boot();
    }

    @Test
    void workers_of_an_earlier_life_in_another_mount_namespace_are_orphans_and_their_pool_is_no_bystander() {
        Result result = world.restart();
        assertThat(FakeWorld.codes(result)).contains("ORPHAN");
        assertThat(result.spared()).isEmpty();
        assertThat(world.deeds).contains("KILL " + MAIN, "KILL " + POOL, "KILL " + (POOL + 1));
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void of_one_that_may_be_of_a_container_nothing_is_ended() {
        world.processes.elsewhere.add(MAIN);
        Result result = world.restart();
        assertThat(FakeWorld.codes(result)).doesNotContain("ORPHAN");
        assertThat(world.machine.runs(MAIN)).isTrue();
    }

    private static ProcessEntry inAnotherNamespace(ProcessEntry e) {
        Map<String, String> marks = new HashMap<>(e.marks());
        marks.put(ProcessEntry.NAMESPACES, "pid:[1] mnt:[2]");
        return Machine.inGroup(Machine.entry(e.pid(), e.ppid(), e.argv(), marks), e.pgid(), e.sid());
    }
}
