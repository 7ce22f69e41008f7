package dev.rollcall.trigger.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.celery.RemoteControl;
import dev.rollcall.config.Configs;
import dev.rollcall.core.Event;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.Retention;
import dev.rollcall.core.Roll;
import dev.rollcall.core.Service;
import dev.rollcall.core.Step;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.HeadStart;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.engine.Progress;
import dev.rollcall.engine.Request;
import dev.rollcall.journal.FileJournal;
import dev.rollcall.linux.ProcfsProcesses;
import dev.rollcall.linux.ProcfsStarter;
import dev.rollcall.linux.SystemClock;
import dev.rollcall.port.Celery;
import dev.rollcall.port.Journal;
import dev.rollcall.port.RunLog;
import dev.rollcall.request.Targets;
import dev.rollcall.supervisor.XmlRpcSupervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The night after a crash of the host: the engine finds several services down. */
class EngineCarrierTest {
    private static final Targets TARGETS = new Targets(Configs.of(Map.of()));

    private Path folder;
    private Journal journal;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        folder = temporary.toRealPath();
        journal = new FileJournal(folder.resolve("state"), Retention.DEFAULT);
    }

    /** Incident: the one whose configuration was broken came first each time, and the other service stayed down. */
    @Test
    void a_run_that_cannot_be_finished_keeps_no_other_from_being_finished() throws IOException {
        cutOff("1", "shop");
        cutOff("2", "mail");
        carrier(this::engine).finish(TARGETS);
        assertThat(types("1")).containsOnlyOnce("resumed", "ended");
        assertThat(types("2")).containsOnlyOnce("resumed", "ended");
    }

    /** The stop of one may take an hour. */
    @Test
    void none_waits_until_another_is_finished() throws IOException {
        cutOff("1", "shop");
        cutOff("2", "mail");
        CyclicBarrier both = new CyclicBarrier(2);
        carrier(interrupt -> {
                    await(both);
                    return engine(interrupt);
                })
                .finish(TARGETS);
        assertThat(types("1")).endsWith("ended");
        assertThat(types("2")).endsWith("ended");
    }

    /** Incident: the disk was full at the first line, the client had its 202, and the restart never came. */
    @ParameterizedTest
    @ValueSource(strings = {"", "{\"seq\":1,\"at\":\"2026-"})
    void a_run_whose_journal_has_no_whole_line_has_not_begun_and_is_carried_out(String torn) throws IOException {
        Path conf = conf("shop");
        spoil("1", torn);
        EngineCarrier carrier = carrier(this::engine);
        assertThat(carrier.stage("1")).isEqualTo(Carrier.Stage.NONE);
        assertThat(carrier.carry("1", request(conf))).isEqualTo(Carrier.End.OVER);
        assertThat(types("1")).startsWith("requested").endsWith("ended");
    }

    /** Nobody can tell what such a run has done, so it is neither begun again nor put away without a word. */
    @Test
    void one_whose_first_line_is_damaged_is_over_and_named() throws IOException {
        Path conf = conf("shop");
        cutOff("1", "shop");
        spoil("1", "x" + Files.readString(journal.path("1")));
        byte[] before = Files.readAllBytes(journal.path("1"));
        EngineCarrier carrier = carrier(interrupt -> {
            throw new AssertionError("it must not be tried");
        });
        assertThat(carrier.carry("1", request(conf))).isEqualTo(Carrier.End.OVER);
        assertThat(EngineCarrier.unknown("1", request(conf), journal.path("1")))
                .contains("run 1", journal.path("1").toString(), "see that the service is up");
        assertThat(journal.path("1")).hasBinaryContent(before);
    }

    @Test
    void a_run_that_was_cut_off_is_told_apart_by_whether_it_had_changed_anything() throws IOException {
        cutOff("1", "shop");
        assertThat(carrier(this::engine).stage("1")).isEqualTo(Carrier.Stage.CUT_OFF);
        Path conf = conf("mail");
        try (RunLog log = journal.begin("2", List.of(conf.toString()), List.of())) {
            log.append(Instant.EPOCH, asked(conf));
        }
        assertThat(carrier(this::engine).stage("2")).isEqualTo(Carrier.Stage.UNTOUCHED);
    }

    /** The service may be down, and it may have been a bad moment of the disk. */
    @Test
    void a_run_that_could_not_tell_how_it_ended_because_something_broke_is_not_over() throws IOException {
        for (String code : List.of("INTERNAL_ERROR", "START_FAILED")) {
            Path conf = conf("shop");
            try (RunLog log = journal.begin(code, List.of(conf.toString()), List.of())) {
                log.append(Instant.EPOCH, asked(conf));
                log.append(Instant.EPOCH, new Event.StepBegun(Step.SHUTDOWN));
                Problem problem = new Problem(code, null, "it broke", true);
                log.append(Instant.EPOCH, new Event.RunEnded(Outcome.FAILED, 6, true, Service.UNKNOWN, 1, problem));
            }
        }
        assertThat(carrier(this::engine).stage("INTERNAL_ERROR")).isEqualTo(Carrier.Stage.CUT_OFF);
        assertThat(carrier(this::engine).stage("START_FAILED")).isEqualTo(Carrier.Stage.OVER);
    }

    private void spoil(String runId, String text) throws IOException {
        Files.createDirectories(folder.resolve("state/runs"));
        Files.writeString(journal.path(runId), text);
    }

    private static void await(CyclicBarrier both) {
        try {
            both.await(20, TimeUnit.SECONDS);
        } catch (Exception late) {
            throw new IllegalStateException("the other one was not begun", late);
        }
    }

    private EngineCarrier carrier(Function<Interrupt, Engine> engines) {
        return new EngineCarrier(journal, engines, Progress.NONE);
    }

    private Engine engine(Interrupt interrupt) {
        Engine.Parts parts = new Engine.Parts(
                new XmlRpcSupervisor(),
                RemoteControl::new,
                new ProcfsProcesses(),
                new ProcfsStarter(folder.resolve("state/start")),
                journal,
                new SystemClock());
        return new Engine(parts, interrupt, HeadStart.begin());
    }

    private Path conf(String name) throws IOException {
        return Files.writeString(folder.resolve(name + ".conf"), "no section");
    }

    private static Event asked(Path conf) {
        return new Event.Requested(Options.DEFAULTS, false, "cli", conf.toString(), "boot");
    }

    private static Request request(Path conf) {
        return new Request(Options.DEFAULTS, conf, Celery.Settings.AUTO, List.of(), "http", false);
    }

    /** Its configuration is broken, so that each try ends with exit code 6. */
    private void cutOff(String runId, String name) throws IOException {
        Path conf = conf(name);
        Roll nobody = new Roll(Instant.EPOCH, "host", "boot", null, 0, 0, "none", List.of(), List.of());
        try (RunLog log = journal.begin(runId, List.of(conf.toString()), List.of())) {
            log.append(Instant.EPOCH, asked(conf));
            log.append(Instant.EPOCH, new Event.RollTaken(nobody, List.of()));
            log.append(Instant.EPOCH, new Event.StepBegun(Step.SHUTDOWN));
        }
    }

    private List<String> types(String runId) {
        return journal.read(runId).orElseThrow().stream()
                .map(entry -> entry.event().type())
                .toList();
    }
}
