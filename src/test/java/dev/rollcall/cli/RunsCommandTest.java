package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.arena.Schemas;
import dev.rollcall.core.Event;
import dev.rollcall.core.Options;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Retention;
import dev.rollcall.core.Service;
import dev.rollcall.core.Step;
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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunsCommandTest {
    private static final Event STOPPING = new Event.StepBegun(Step.SHUTDOWN);
    private static final Event UP = new Event.RunEnded(Outcome.SUCCEEDED, 0, true, Service.UP, 900, null);

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
    void the_latest_comes_first_and_no_more_than_wanted() {
        write("20260101T000000Z-a", "shop", UP);
        write("20260102T000000Z-b", "mail", UP);
        write("20260103T000000Z-c", "shop", UP);
        assertThat(runs("--limit", "2").lines())
                .satisfiesExactly(
                        line -> assertThat(line).matches("20260103T000000Z-c +shop +succeeded +exit 0 .* by cli"),
                        line -> assertThat(line).startsWith("20260102T000000Z-b  mail"));
        assertThat(runs("--target", "shop", "--limit", "1").lines())
                .singleElement()
                .asString()
                .contains("T000000Z-c");
        assertThat(runs("--target", "mail").lines()).hasSize(1);
    }

    @Test
    void a_number_of_runs_that_is_none_is_bad_usage() {
        assertThat(execute("--limit", "-1")).isEqualTo(2);
        assertThat(err.toString()).contains("--limit", "-1 is no number of runs");
    }

    @Test
    void a_run_that_was_cut_off_is_interrupted_and_told_how_to_finish_it() throws IOException {
        write("a", "shop", STOPPING);
        assertThat(runs())
                .contains(" interrupted ")
                .contains("after its shutdown had begun; finish it with: rollcall resume a");
        assertThat(runs("a")).contains("finish it with: rollcall resume a").contains("[CUT_OFF]");
        JsonNode document = Json.MAPPER.readTree(runs("a", "--output", "json"));
        Schemas.checkResult(document);
        assertThat(document.path("outcome").asText()).isEqualTo("interrupted");
        assertThat(document.path("changed").asBoolean()).isTrue();
        assertThat(document.path("error").path("code").asText()).isEqualTo("CUT_OFF");
        assertThat(Json.MAPPER
                        .readTree(runs("--output", "json"))
                        .get(0)
                        .path("outcome")
                        .asText())
                .isEqualTo("interrupted");
    }

    @Test
    void one_that_was_cut_off_before_its_shutdown_says_that_it_has_changed_nothing() throws IOException {
        write("a", "shop");
        assertThat(runs()).contains("cut off before it had changed anything; finish it with: rollcall resume a");
        assertThat(runs("a")).contains("before it had changed anything");
        JsonNode document = Json.MAPPER.readTree(runs("a", "--output", "json"));
        Schemas.checkResult(document);
        assertThat(document.path("changed").asBoolean()).isFalse();
    }

    @Test
    void one_whose_lock_is_held_by_it_is_running() throws IOException {
        write("a", "shop", STOPPING);
        write("b", "shop", STOPPING);
        Lock lock = journal.lock(conf, new Holder("b", ProcessHandle.current().pid(), "cli", Instant.now()));
        try (Lock.Closer held = ((Lock.Taken) lock).closer()) {
            assertThat(runs().lines().filter(l -> l.startsWith("b")))
                    .singleElement()
                    .asString()
                    .contains(" running ");
            assertThat(runs().lines().filter(l -> l.startsWith("a")))
                    .singleElement()
                    .asString()
                    .contains(" interrupted ");
            assertThat(runs("b")).contains("This run is under way.");
            JsonNode document = Json.MAPPER.readTree(runs("b", "--output", "json"));
            Schemas.checkResult(document);
            assertThat(document.path("outcome").asText()).isEqualTo("running");
        }
    }

    @Test
    void one_that_a_later_run_is_about_to_finish_is_running() {
        write("a", "shop", STOPPING, new Event.Resumed("cli"));
        Holder later = new Holder("b", ProcessHandle.current().pid(), "cli", Instant.EPOCH);
        try (Lock.Closer held = ((Lock.Taken) journal.lock(conf, later)).closer()) {
            assertThat(runs()).contains(" running ");
        }
        assertThat(runs()).contains(" interrupted ");
    }

    @Test
    void damaged_and_strange_files_do_not_hide_the_others() throws IOException {
        write("a", "shop", UP);
        write("damaged", "shop", STOPPING, UP);
        Path file = journal.path("damaged");
        Files.writeString(file, Files.readString(file).replace("shutdown", "shotdown"));
        Files.writeString(state.resolve("runs/empty.jsonl"), "");
        Files.writeString(state.resolve("runs/rubbish.jsonl"), "rubbish\n\u0000");
        Files.createSymbolicLink(state.resolve("runs/loop.jsonl"), Path.of("loop.jsonl"));
        Files.createDirectory(state.resolve("runs/folder.jsonl"));
        Files.writeString(state.resolve("runs/notes.txt"), "x");
        assertThat(runs().lines().filter(l -> !l.startsWith(" ")))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("damaged").contains(" interrupted "),
                        line -> assertThat(line).startsWith("a ").contains(" succeeded "));
        assertThat(err.toString().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("rollcall: tried to "))
                .anyMatch(line -> line.contains("empty.jsonl has no whole line"))
                .anyMatch(line -> line.contains("loop.jsonl but"));
        assertThat(execute("empty")).isEqualTo(4);
    }

    private void write(String id, String target, Event... events) {
        Options d = Options.DEFAULTS;
        Options options = new Options(
                target,
                null,
                d.scope(),
                List.of(),
                d.drain(),
                null,
                d.killGrace(),
                d.startTimeout(),
                d.inspectTimeout(),
                false,
                false,
                null,
                null,
                false);
        List<Event> all = new ArrayList<>(List.of(new Event.Requested(options, false, "cli", conf.toString(), "boot")));
        all.addAll(Arrays.asList(events));
        try (RunLog log = journal.begin(id, List.of(conf.toString()), List.of())) {
            all.forEach(event -> log.append(Instant.EPOCH, event));
        }
    }

    private String runs(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        assertThat(execute(words)).as("%s%s", out, err).isZero();
        return out.toString();
    }

    private int execute(String... words) {
        List<String> all = new ArrayList<>(List.of("runs", "--state-dir", state.toString()));
        all.addAll(Arrays.asList(words));
        String[] args = all.toArray(String[]::new);
        CommandLine command = Rollcall.commandLine(new JournalOnly(journal), args)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return command.execute(args);
    }
}
