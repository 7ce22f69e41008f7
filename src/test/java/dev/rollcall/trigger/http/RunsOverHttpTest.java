package dev.rollcall.trigger.http;

import static dev.rollcall.trigger.http.FakeRuns.RUN;
import static dev.rollcall.trigger.http.Served.json;
import static dev.rollcall.trigger.http.Served.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.core.Outcome;
import dev.rollcall.json.Json;
import dev.rollcall.trigger.Answer;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunsOverHttpTest {
    private static Served served;

    @BeforeAll
    static void open() throws Exception {
        served = Served.open();
    }

    @AfterAll
    static void close() {
        served.close();
    }

    @BeforeEach
    void forget() {
        served.intake.asked.clear();
        served.intake.says = ask -> FakeIntake.accepted(RUN);
        served.runs.roll = new FakeRuns().roll;
    }

    @Test
    void a_request_is_accepted_and_says_where_its_run_is() throws Exception {
        HttpResponse<String> response = served.post("{\"target\": \"default\", \"kill_grace\": \"5s\"}");
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("Location")).hasValue("/api/v1/runs/" + RUN);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(json(response))
                .isEqualTo(Json.MAPPER.readTree("{\"run_id\":\"" + RUN + "\",\"status_url\":\"/api/v1/runs/" + RUN
                        + "\",\"target\":\"default\",\"joined\":false,\"repeated\":false,\"not_before\":null}"));
        assertThat(served.intake.asked).singleElement().satisfies(ask -> {
            assertThat(ask.by()).isEqualTo("http");
            assertThat(ask.key()).isEmpty();
            assertThat(ask.options()).isEqualTo(Map.of("target", "default", "kill_grace", "5s"));
        });
        assertThat(served.get(response.headers().firstValue("Location").orElseThrow())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_request_that_joins_repeats_or_waits_is_told_so() throws Exception {
        Instant end = Instant.parse("2026-11-30T00:00:00Z");
        served.intake.says = ask -> new Answer.Accepted(RUN, "default", true, true, Optional.of(end));
        JsonNode document = json(served.post("{}", "Idempotency-Key", "release-7"));
        assertThat(document.path("joined").asBoolean()).isTrue();
        assertThat(document.path("repeated").asBoolean()).isTrue();
        assertThat(document.path("not_before").asText()).isEqualTo(end.toString());
        assertThat(served.intake.asked).singleElement().satisfies(ask -> assertThat(ask.key())
                .hasValue("http:release-7"));
    }

    @ParameterizedTest
    @CsvSource({
        "BAD_REQUEST, 422",
        "UNKNOWN_TARGET, 422",
        "KEY_REUSED, 422",
        "BLACKOUT, 409",
        "STOPPING, 503",
        "NOT_WRITABLE, 507"
    })
    void what_is_declined_says_why(Answer.Why why, int status) throws Exception {
        served.intake.says = ask -> FakeIntake.declined(why, "CODE_OF_IT");
        HttpResponse<String> response = served.post("{}");
        problem(response, status, "CODE_OF_IT");
        assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"conf", "pidfile", "output"})
    void a_path_or_a_command_never_comes_in_over_http(String word) throws Exception {
        problem(served.post("{\"" + word + "\": \"/tmp/evil\"}"), 422, "BAD_REQUEST");
        problem(served.post("{\"" + word + "\": null}"), 422, "BAD_REQUEST");
        assertThat(served.intake.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "7",
                "\"{}\"",
                "{",
                "{}{}",
                "{\"target\":\"a\",\"target\":\"b\"}",
                "{\"target\":}",
                "{target: a}",
                "{} // done",
                "{\"a\":{\"b\":1,\"b\":2}}"
            })
    void what_is_no_json_object_is_refused(String body) throws Exception {
        problem(served.post(body), 400, "BAD_REQUEST");
        assertThat(served.intake.asked).isEmpty();
    }

    @Test
    void a_body_of_deep_nesting_is_refused() throws Exception {
        problem(served.post("{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}"), 400, "BAD_REQUEST");
    }

    @Test
    void a_query_behind_a_request_is_refused_for_it_would_be_ignored() throws Exception {
        problem(
                served.send(served.request("/api/v1/runs?target=web")
                        .header("Content-Type", "application/json")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}"))),
                400,
                "BAD_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "ü", ""})
    void a_key_that_is_none_is_refused(String key) throws Exception {
        String answer = served.exchange("POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nIdempotency-Key: " + key + "\r\nContent-Length: 2\r\n\r\n{}");
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Idempotency-Key");
        assertThat(served.intake.asked).isEmpty();
    }

    @Test
    void two_keys_are_none() throws Exception {
        problem(served.post("{}", "Idempotency-Key", "a", "Idempotency-Key", "b"), 400, "BAD_REQUEST");
    }

    @Test
    void the_runs_are_listed_by_target_and_number() throws Exception {
        served.runs.put("20261122T103000Z-000001", Outcome.SUCCEEDED);
        JsonNode all = json(served.get("/api/v1/runs"));
        assertThat(all.path("runs")).hasSize(2);
        assertThat(all.at("/runs/0"))
                .isEqualTo(Json.MAPPER.readTree("{\"run_id\":\"20261122T103000Z-000001\",\"target\":\"default\","
                        + "\"outcome\":\"succeeded\",\"exit_code\":0,\"requested_by\":\"http\","
                        + "\"started_at\":\"2026-11-23T10:30:00Z\",\"duration_ms\":1}"));
        assertThat(json(served.get("/api/v1/runs?limit=1")).path("runs")).hasSize(1);
        assertThat(json(served.get("/api/v1/runs?target=default&limit=9")).path("runs"))
                .hasSize(2);
        assertThat(json(served.get("/api/v1/runs?target=other")).path("runs")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=0", "limit=501", "limit=x", "limit=", "limit=1&limit=2", "taget=x", "target=%zz", "&"})
    void a_query_that_cannot_be_meant_is_refused(String query) throws Exception {
        String answer = served.exchange(
                "GET /api/v1/runs?" + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json", "BAD_REQUEST");
    }

    @Test
    void a_run_is_its_result_document() throws Exception {
        HttpResponse<String> response = served.get("/api/v1/runs/" + RUN);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response)).isEqualTo(document(served.runs.find(RUN).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "..", "%2e%2e%2fetc", "a%00b", "a%0d%0ab"})
    void a_run_that_is_none_is_not_found(String id) throws Exception {
        String answer =
                served.exchange("GET /api/v1/runs/" + id + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 404 ").contains("application/problem+json");
    }

    @Test
    void a_target_has_a_plan_and_a_roll() throws Exception {
        assertThat(json(served.get("/api/v1/targets/default/plan")))
                .isEqualTo(document(served.runs.plan("default").orElseThrow()));
        assertThat(json(served.get("/api/v1/targets/default/roll")))
                .isEqualTo(document(served.runs.roll.orElseThrow()));
        for (String part : List.of("plan", "roll")) {
            problem(served.get("/api/v1/targets/other/" + part), 404, "TARGET_UNKNOWN");
        }
    }

    @Test
    void a_plan_that_is_refused_before_the_roll_says_why_there_is_no_roll() throws Exception {
        served.runs.roll = Optional.empty();
        problem(served.get("/api/v1/targets/default/roll"), 409, "CONF_INVALID");
        assertThat(served.get("/api/v1/targets/default/plan").statusCode()).isEqualTo(200);
    }

    /** As whoever reads it sees it. */
    private static JsonNode document(Object value) throws Exception {
        return Json.MAPPER.readTree(Json.MAPPER.writeValueAsBytes(value));
    }

    @Test
    void a_journal_that_cannot_be_read_is_no_defect_of_rollcall() throws Exception {
        HttpResponse<String> response = served.get("/api/v1/runs/unreadable");
        problem(response, 503, "STATE_UNUSABLE");
        assertThat(response.body()).contains("check the disk");
    }

    @Test
    void a_defect_is_named_and_not_shown() throws Exception {
        HttpResponse<String> response = served.get("/api/v1/runs/defect");
        problem(response, 500, "INTERNAL_ERROR");
        assertThat(response.body()).doesNotContain("secret of the inside", "IllegalState");
    }
}
