package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.arena.Schemas;
import dev.rollcall.core.Retention;
import dev.rollcall.engine.Engine;
import dev.rollcall.engine.Interrupt;
import dev.rollcall.journal.FileJournal;
import dev.rollcall.json.Json;
import dev.rollcall.port.Journal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A playbook reads a document whatever has gone wrong, and it says whose request that was. */
class FailuresTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path conf;
    private Path state;

    @BeforeEach
    void make(@TempDir Path folder) throws IOException {
        conf = Files.writeString(folder.resolve("supervisord.conf"), "");
        state = folder.resolve("state");
    }

    @Test
    void a_defect_is_one_sentence_and_a_document() throws Exception {
        assertThat(restart("--output", "json")).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("internal error: java.lang.IllegalStateException: odd; run it again with -v");
        JsonNode document = document();
        assertThat(document.at("/error/code").asText()).isEqualTo("INTERNAL_ERROR");
        assertThat(document.path("exit_code").asInt()).isEqualTo(1);
        assertThat(document.path("service").asText()).isEqualTo("unknown");
    }

    @Test
    void who_asks_for_more_gets_its_trace() {
        restart("-v");
        assertThat(err.toString()).contains("at dev.rollcall.cli.FailuresTest");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_refusal_names_the_target_and_who_asked() throws Exception {
        assertThat(restart("--output", "json", "--target", "web", "--requested-by", "ansible", "--kill-grace", "soon"))
                .isEqualTo(2);
        assertThat(document().path("target").asText()).isEqualTo("web");
        assertThat(document().path("requested_by").asText()).isEqualTo("ansible");
    }

    private JsonNode document() throws Exception {
        JsonNode document = Json.MAPPER.readTree(out.toString());
        Schemas.checkResult(document);
        return document;
    }

    private int restart(String... words) {
        List<String> all = new ArrayList<>(List.of("restart", "-c", conf.toString(), "--state-dir", state.toString()));
        all.addAll(Arrays.asList(words));
        String[] args = all.toArray(String[]::new);
        return Rollcall.commandLine(new Odd(new FileJournal(state, Retention.DEFAULT)), args)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private static final class Odd extends JournalOnly {
        Odd(Journal journal) {
            super(journal);
        }

        @Override
        public Engine engine(Path stateDir, Retention keep, Optional<Path> routesDir, Interrupt interrupt) {
            throw new IllegalStateException("odd");
        }
    }
}
