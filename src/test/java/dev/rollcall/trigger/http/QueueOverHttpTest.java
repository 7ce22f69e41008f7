package dev.rollcall.trigger.http;

import static dev.rollcall.trigger.http.Served.json;
import static dev.rollcall.trigger.http.Served.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.config.Config;
import dev.rollcall.config.Configs;
import dev.rollcall.engine.Progress;
import dev.rollcall.journal.FileJournal;
import dev.rollcall.linux.SystemClock;
import dev.rollcall.request.Targets;
import dev.rollcall.trigger.queue.Requests;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked for over HTTP, before the real queue on a real disk, of which nothing is carried out. */
class QueueOverHttpTest {
    @TempDir
    Path state;

    private Served served;
    private Requests requests;

    @BeforeEach
    void open() throws Exception {
        Config config = Configs.of(Map.of("default", Configs.target(state + "/supervisord.conf", Map.of())));
        requests = new Requests(
                new Targets(config),
                now -> Optional.empty(),
                state,
                new FileJournal(state, config.journals()),
                interrupt -> {
                    throw new IllegalStateException("nothing is carried out");
                },
                Progress.NONE,
                new SystemClock());
        served = Served.open();
        served.intake.says = requests::ask;
    }

    @AfterEach
    void close() throws Exception {
        served.close();
        requests.stop();
    }

    private long queued() throws Exception {
        try (Stream<Path> files = Files.walk(state)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void the_same_key_and_body_is_the_same_run_and_another_body_is_refused() throws Exception {
        HttpResponse<String> first =
                served.post("{\"target\":\"default\",\"kill_grace\":\"1s\"}", "Idempotency-Key", "k");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(queued()).as("on disk when it is answered").isPositive();
        HttpResponse<String> again =
                served.post("{ \"kill_grace\": \"1s\", \"target\": \"default\" }", "Idempotency-Key", "k");
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(json(again).path("run_id")).isEqualTo(json(first).path("run_id"));
        assertThat(json(first).path("repeated").asBoolean()).isFalse();
        assertThat(json(again).path("repeated").asBoolean()).isTrue();
        problem(
                served.post("{\"target\":\"default\",\"kill_grace\":\"2s\"}", "Idempotency-Key", "k"),
                422,
                "KEY_REUSED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conf",
                "pidfile",
                "output",
                "start",
                "exec_inspect",
                "broker",
                "remote_control",
                "state_dir",
                "command",
                "Conf",
                "requested_by"
            })
    void no_path_and_no_command_is_accepted_under_any_word(String word) throws Exception {
        long before = queued();
        for (String value : new String[] {"\"/tmp/evil\"", "[\"/tmp/evil\"]", "null"}) {
            HttpResponse<String> response = served.post("{\"" + word + "\": " + value + "}");
            problem(response, 422, "BAD_REQUEST");
            assertThat(response.body()).doesNotContain("/tmp/evil");
        }
        assertThat(queued()).isEqualTo(before);
    }

    @Test
    void a_target_that_the_configuration_has_not_is_refused() throws Exception {
        problem(served.post("{\"target\":\"../etc\"}"), 422, "TARGET_UNKNOWN");
    }
}
