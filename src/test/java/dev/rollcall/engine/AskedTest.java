package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Options;
import dev.rollcall.core.ProcessEntry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose brokers are looked for: of workers, and of what says that it starts one. */
class AskedTest {
    private static final long OWN = MAIN + 100;

    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = new FakeWorld(folder);
        world.supervisor.configured.add(FakeSupervisor.other("own"));
        world.supervisor.boot();
    }

    @Test
    void is_not_what_says_nothing_of_celery() throws Refusal {
        assertThat(asked()).containsExactly(MAIN);
    }

    @Test
    void is_a_prefork_parent_whose_script_names_celery() throws Refusal {
        world.supervisor.fork(OWN, OWN + 1);
        world.processes.scripts.put(OWN, "import celery");
        assertThat(asked()).containsExactly(MAIN, OWN);
    }

    @Test
    void without_a_pool_is_one_whose_script_starts_a_worker() throws Refusal {
        world.processes.scripts.put(OWN, "app.worker_main(['-P', 'gevent'])");
        assertThat(asked()).containsExactly(MAIN, OWN);
    }

    /** A web server that sends tasks. */
    @Test
    void without_a_pool_is_not_one_whose_script_only_names_celery() throws Refusal {
        world.processes.scripts.put(OWN, "import celery");
        assertThat(asked()).containsExactly(MAIN);
    }

    private List<Long> asked() throws Refusal {
        Site site = new Scout(world.world(), world.request(Options.DEFAULTS, true), "run", Runnable::run).look();
        return Scout.mains(world.world(), site).stream().map(ProcessEntry::pid).toList();
    }
}
