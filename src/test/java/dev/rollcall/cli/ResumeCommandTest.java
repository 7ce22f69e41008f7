package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.arena.Schemas;
import dev.rollcall.config.UsageException;
import dev.rollcall.core.Event;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Retention;
import dev.rollcall.core.Service;
import dev.rollcall.core.Step;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.journal.FileJournal;
import dev.rollcall.json.Json;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Journal.Holder;
import dev.rollcall.port.Journal.Lock;
import dev.rollcall.port.RunLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong, who asked for JSON gets exactly one document, and everybody the right exit code. */
class ResumeCommandTest {
    private static final Event STOPPING = new Event.StepBegun(Step.SHUTDOWN);

    private Path state;
    private Path conf;
    private Journal journal;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        state = folder.resolve("state");
        conf = Files.writeString(folder.resolve("supervisord.conf"), "").toRealPath();
        journal = new FileJournal(state, Retention.DEFAULT);
    }

    @Test
    void nothing_to_do_is_no_error() throws IOException {
        assertThat(document(0, "resume").path("findings").get(0).path("code").asText())
                .isEqualTo("NOTHING_TO_RESUME");
        write("a", STOPPING, new Event.RunEnded(Outcome.SUCCEEDED, 0, true, Service.UP, 1, null));
        assertThat(document(0, "resume").path("outcome").asText()).isEqualTo("nothing_to_do");
        assertThat(document(0, "resume", "a").path("run_id").asText()).isEqualTo("a");
    }

    @Test
    void a_run_that_does_not_exist_is_bad_usage() throws IOException {
        assertThat(code(document(2, "resume", "none"))).isEqualTo("BAD_REQUEST");
        assertThat(code(document(2, "runs", "none"))).isEqualTo("BAD_REQUEST");
        assertThat(code(document(2, "resume", "--abandon"))).isEqualTo("BAD_REQUEST");
        assertThat(code(document(2, "resume", "--no-such-option"))).isEqualTo("BAD_REQUEST");
        assertThat(code(document(2, "resume", "--config", "none.yaml"))).isEqualTo("BAD_REQUEST");
    }

    @Test
    void a_target_that_somebody_is_at_work_on_is_busy() throws IOException {
        write("a", STOPPING);
        Holder other = new Holder("b", ProcessHandle.current().pid(), "cli", Instant.now());
        try (Lock.Closer held = ((Lock.Taken) journal.lock(conf, other)).closer()) {
            assertThat(code(document(3, "resume"))).isEqualTo("TARGET_BUSY");
        }
    }

    /** A link to itself stands for what may not be read: root may read everything else. */
    @Test
    void journals_that_cannot_be_read_are_not_taken_for_none() throws IOException {
        Files.createDirectories(state);
        Path runs = Files.createSymbolicLink(state.resolve("runs"), Path.of("runs"));
        assertThat(code(document(4, "resume"))).isEqualTo("STATE_UNUSABLE");
        assertThat(code(document(4, "runs"))).isEqualTo("STATE_UNUSABLE");
        Files.delete(runs);
        write("a", STOPPING);
        Files.delete(journal.path("a"));
        Files.createSymbolicLink(journal.path("a"), Path.of("a.jsonl"));
        assertThat(code(document(4, "resume"))).isEqualTo("STATE_UNUSABLE");
        assertThat(code(document(4, "resume", "a"))).isEqualTo("STATE_UNUSABLE");
        assertThat(code(document(4, "runs", "a"))).isEqualTo("STATE_UNUSABLE");
    }

    @Test
    void routes_that_cannot_be_used_keep_no_run_from_being_finished_that_has_begun_to_stop_something()
            throws IOException {
        BrokenRoutes machine = new BrokenRoutes(journal, new ArrayList<>());
        write("a", new Event.StepBegun(Step.INSPECT));
        assertThat(document(machine, 2, "resume").at("/error/message").asText()).contains("tell.camel.yaml");
        assertThat(machine.told).isEmpty();
        write("b", STOPPING);
        assertThat(code(document(machine, 4, "resume"))).isEqualTo("STATE_UNUSABLE");
        assertThat(machine.told).containsExactly("tell.camel.yaml is broken; mend it");
    }

    private static String code(JsonNode document) {
        return document.path("error").path("code").asText();
    }

    private JsonNode document(int exitCode, String... words) throws IOException {
        return document(new JournalOnly(journal), exitCode, words);
    }

    private JsonNode document(Machine machine, int exitCode, String... words) throws IOException {
        out.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--state-dir", state.toString(), "--output", "json"));
        String[] args = all.toArray(String[]::new);
        int code = Rollcall.commandLine(machine, args)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
        assertThat(code).as("%s%s", out, err).isEqualTo(exitCode);
        JsonNode document = Json.MAPPER.readTree(out.toString());
        Schemas.checkResult(document);
        assertThat(document.path("exit_code").asInt()).isEqualTo(exitCode);
        return document;
    }

    private void write(String id, Event... events) {
        try (RunLog log = journal.begin(id, List.of(conf.toString()), List.of())) {
            log.append(Instant.EPOCH, new Event.Requested(Options.DEFAULTS, false, "cli", conf.toString(), "boot"));
            List.of(events).forEach(event -> log.append(Instant.EPOCH, event));
        }
    }

    private static final class BrokenRoutes extends JournalOnly {
        /** Why a run that must be finished goes by other routes. */
        private final List<String> told;

        BrokenRoutes(Journal journal, List<String> told) {
            super(journal);
            this.told = told;
        }

        @Override
        public Engine engine(Path stateDir, Retention keep, Optional<Path> routesDir, Interrupt interrupt)
                throws UsageException {
            throw new UsageException("tell.camel.yaml is broken\nmend it");
        }

        @Override
        public Engine engineDespite(String why, Path stateDir, Retention keep, Interrupt interrupt) {
            told.add(why);
            throw new Journal.JournalException("no further");
        }
    }
}
