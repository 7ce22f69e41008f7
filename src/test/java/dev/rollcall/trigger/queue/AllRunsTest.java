package dev.rollcall.trigger.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.config.Configs;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Result;
import dev.rollcall.core.Retention;
import dev.rollcall.core.Window;
import dev.rollcall.journal.FileJournal;
import dev.rollcall.linux.SystemClock;
import dev.rollcall.port.Journal;
import dev.rollcall.request.Targets;
import dev.rollcall.trigger.Answer;
import dev.rollcall.trigger.Ask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asked right after a request was accepted was told of a defect: the journal was there and had no line yet. */
class AllRunsTest {
    private final FakeCarrier carrier = new FakeCarrier();
    private Journal journal;
    private Requests requests;
    private AllRuns runs;
    private String runId;
    private Optional<Window> blackout = Optional.empty();

    @BeforeEach
    void accept(@TempDir Path state) throws Exception {
        journal = new FileJournal(state, Retention.DEFAULT);
        SystemClock clock = new SystemClock();
        Targets targets = new Targets(Configs.of(Map.of("web", Configs.target(state + "/supervisord.conf", Map.of()))));
        requests = new Requests(targets, now -> blackout, new QueueFolder(state), carrier, clock);
        runs = new AllRuns(
                targets,
                requests,
                journal,
                (id, after, wait) -> Optional.empty(),
                interrupt -> {
                    throw new AssertionError("nothing is planned here");
                },
                clock);
        requests.start();
        Answer answer = requests.ask(new Ask(Map.of("target", "web"), "http", Optional.empty()));
        runId = ((Answer.Accepted) answer).runId();
        carrier.awaitBegun(1);
    }

    @AfterEach
    void stop() throws InterruptedException {
        requests.stop();
    }

    @Test
    void a_run_whose_journal_has_no_line_yet_is_what_was_asked_for() throws Exception {
        Files.createDirectories(journal.path(runId).resolveSibling("."));
        Files.createFile(journal.path(runId));
        assertThat(runs.find(runId).map(Result::outcome)).contains(Outcome.RUNNING);
        assertThat(runs.list(Optional.empty(), 10)).extracting(Result::runId).containsExactly(runId);
    }

    @Test
    void nor_half_of_one() throws Exception {
        Files.createDirectories(journal.path(runId).resolveSibling("."));
        Files.writeString(journal.path(runId), "{\"seq\":1,\"at\":\"2026-");
        assertThat(runs.find(runId).map(Result::target)).contains("web");
    }

    @Test
    void a_plan_is_made_in_the_blackout_that_a_restart_would_be_refused_in() throws Exception {
        blackout = Optional.of(new Window("accounts", Instant.EPOCH));
        assertThat(runs.asPlanned("web").blackout()).isEqualTo(blackout);
    }

    @Test
    void one_that_nobody_has_asked_for_is_none() {
        assertThat(runs.find("20261123T103000Z-4f2a9c")).isEmpty();
    }
}
