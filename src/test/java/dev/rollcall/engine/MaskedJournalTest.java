package dev.rollcall.engine;

import static dev.rollcall.engine.FakeWorld.POOL;
import static dev.rollcall.engine.FakeWorld.SUPERVISORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.Program;
import dev.rollcall.core.Result;
import dev.rollcall.engine.FakeSupervisor.Manner;
import dev.rollcall.json.EventCodec;
import dev.rollcall.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets stand in the command lines of others; what Rollcall writes down and says must not have them (S11). */
class MaskedJournalTest {
    private static final long WEB = SUPERVISORD + 200;

    private FakeWorld world;

    @BeforeEach
    void boot(@TempDir Path folder) {
        world = new FakeWorld(folder);
        Program plain = FakeSupervisor.celery("worker");
        world.supervisor.configured.set(0, commanded(plain, "celery -A shop worker -b redis://:hunter2@h/0"));
        world.supervisor.boot();
        world.machine.put(Machine.entry(POOL + 20, POOL, List.of("mysqldump", "--password=hunter2"), Map.of()));
    }

    @Test
    void neither_journal_nor_result_has_a_secret_of_a_command_line() {
        Result result = world.restart();
        assertThat(result.roll().bystanders()).hasSize(1);
        nothingIsTold(result);
    }

    @Test
    void nor_has_a_finding_about_what_has_survived() {
        world.supervisor.configured.add(FakeSupervisor.other("web"));
        world.supervisor.run(world.supervisor.configured.get(1));
        world.supervisor.manners.put("web", Manner.LEAVES_POOL);
        world.machine.put(Machine.entry(WEB + 1, WEB, List.of("/srv/helper", "--token", "hunter2"), Map.of()));
        Result result = world.restart();
        assertThat(FakeWorld.codes(result)).contains("OTHER_SURVIVED");
        nothingIsTold(result);
    }

    @Test
    void nor_has_an_error_with_the_words_of_a_start_that_failed() {
        world.starter.failures = 3;
        world.starter.words = "no broker at redis://:hunter2@h/0";
        Result result = world.restart();
        assertThat(result.error().message()).contains("no broker at redis://");
        nothingIsTold(result);
    }

    private void nothingIsTold(Result result) {
        assertThat(Json.MAPPER.valueToTree(result).toString()).doesNotContain("hunter2");
        assertThat(world.journal.latest())
                .isNotEmpty()
                .noneMatch(entry -> EventCodec.document(entry).toString().contains("hunter2"));
    }

    private static Program commanded(Program p, String command) {
        return new Program(
                p.name(),
                p.group(),
                p.state(),
                p.pid(),
                p.autostart(),
                p.stopWaitSecs(),
                p.stopSignal(),
                p.killAsGroup(),
                p.stopAsGroup(),
                p.groupPriority(),
                command);
    }
}
