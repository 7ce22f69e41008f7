package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.arena.Schemas;
import dev.rollcall.core.Options;
import dev.rollcall.engine.Request;
import dev.rollcall.json.Json;
import dev.rollcall.port.Celery;
import dev.rollcall.port.Journal.Holder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A program that is turned away must be able to wait for the run that holds the target; its sentence is for people. */
class BusyTest {
    @Test
    void the_document_names_the_run_that_holds_the_target() throws Exception {
        StringWriter out = new StringWriter();
        CommandLine command = new CommandLine(new Rollcall()).setOut(new PrintWriter(out, true));
        Request request =
                new Request(Options.DEFAULTS, Path.of("/s.conf"), Celery.Settings.AUTO, List.of(), "ansible", false);

        int exitCode = Screen.of(command, true).busy(new Holder("the-run", 7, "cli", Instant.EPOCH), request);

        JsonNode document = Json.MAPPER.readTree(out.toString());
        Schemas.checkResult(document);
        assertThat(exitCode).isEqualTo(3);
        assertThat(document.path("run_id").asText()).isEqualTo("the-run");
        assertThat(document.path("outcome").asText()).isEqualTo("refused");
        assertThat(document.path("requested_by").asText()).isEqualTo("ansible");
        assertThat(document.path("error").path("code").asText()).isEqualTo("TARGET_BUSY");
    }
}
