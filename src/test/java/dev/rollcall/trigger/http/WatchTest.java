package dev.rollcall.trigger.http;

import static dev.rollcall.trigger.http.FakeRuns.RUN;
import static dev.rollcall.trigger.http.FakeRuns.begun;
import static dev.rollcall.trigger.http.Served.json;
import static dev.rollcall.trigger.http.Served.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.core.Step;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events as they come. */
@Timeout(60)
class WatchTest {
    private static final String EVENTS = "/api/v1/runs/" + RUN + "/events";
    private static final Limits FEW = streaming(Duration.ofSeconds(30));

    private Served served;

    @BeforeEach
    void open() throws Exception {
        served = Served.open(Optional.empty(), FEW);
    }

    @AfterEach
    void close() {
        served.close();
    }

    private static Limits streaming(Duration stream) {
        return new Limits(
                64,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(90),
                stream,
                Duration.ofSeconds(30),
                3,
                2);
    }

    private CompletableFuture<HttpResponse<String>> later(String path) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return served.get(path);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void watched(int by) {
        await().atMost(Duration.ofSeconds(20)).until(() -> served.runs.waiting() == by);
    }

    private String stream(String more) {
        return "GET " + EVENTS + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n" + more + "\r\n";
    }

    @Test
    void what_has_happened_is_told_at_once() throws Exception {
        served.runs.happen(begun(Step.PREFLIGHT));
        served.runs.happen(begun(Step.INSPECT));
        JsonNode all = json(served.get(EVENTS));
        assertThat(all.path("events")).hasSize(2);
        assertThat(all.at("/events/0/type").asText()).isEqualTo("preflight_begun");
        assertThat(all.path("after").asLong()).isEqualTo(2);
        assertThat(all.path("ended").asBoolean()).isFalse();
        JsonNode rest = json(served.get(EVENTS + "?after=1&wait=20s"));
        assertThat(rest.at("/events/0/seq").asLong()).isEqualTo(2);
    }

    @Test
    void a_long_poll_returns_when_something_happens() throws Exception {
        CompletableFuture<HttpResponse<String>> poll = later(EVENTS + "?wait=50s");
        watched(1);
        served.runs.happen(begun(Step.PREFLIGHT));
        assertThat(json(poll.get()).path("events")).hasSize(1);
    }

    @Test
    void a_long_poll_in_which_nothing_happens_returns_nothing() throws Exception {
        JsonNode nothing = json(served.get(EVENTS + "?after=0&wait=100ms"));
        assertThat(nothing.path("events")).isEmpty();
        assertThat(nothing.path("after").asLong()).isZero();
    }

    @Test
    void a_run_that_has_ended_is_not_waited_for() throws Exception {
        served.runs.happen(FakeRuns.ended());
        JsonNode ended = json(served.get(EVENTS + "?after=1&wait=60s"));
        assertThat(ended.path("events")).isEmpty();
        assertThat(ended.path("ended").asBoolean()).isTrue();
    }

    @Test
    void a_run_that_is_none_has_no_events() throws Exception {
        problem(served.get("/api/v1/runs/none/events?wait=60s"), 404, "RUN_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"after=-1", "after=x", "wait=soon", "wait=-1s", "wait=1s&wait=2s", "after=99999999999999999999"})
    void a_query_that_cannot_be_meant_is_refused(String query) throws Exception {
        problem(served.get(EVENTS + "?" + query), 400, "BAD_REQUEST");
    }

    @Test
    void a_stream_tells_events_as_they_come_and_ends_with_the_run() throws Exception {
        try (Socket client = served.raw(stream("Connection: close\r\n"))) {
            watched(1);
            served.runs.happen(begun(Step.PREFLIGHT));
            served.runs.happen(FakeRuns.ended());
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("content-type: text/event-stream")
                    .contains("id: 1\ndata: {\"seq\":1,")
                    .contains("id: 2\ndata: {\"seq\":2,")
                    .endsWith("0\r\n\r\n");
        }
    }

    @Test
    void a_client_that_comes_back_is_told_what_it_missed() throws Exception {
        served.runs.happen(begun(Step.PREFLIGHT));
        served.runs.happen(FakeRuns.ended());
        assertThat(served.exchange(stream("Connection: close\r\nLast-Event-ID: 1\r\n")))
                .contains("id: 2\n")
                .doesNotContain("id: 1\n");
        assertThat(served.exchange(stream("Connection: close\r\nLast-Event-ID: 2\r\n")))
                .startsWith("HTTP/1.1 204 ");
        assertThat(served.exchange(stream("Connection: close\r\nLast-Event-ID: x\r\n")))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void a_stream_does_not_go_on_for_ever() throws Exception {
        served.close();
        served = Served.open(Optional.empty(), streaming(Duration.ofSeconds(2)));
        assertThat(served.exchange(stream("Connection: close\r\n")))
                .contains(":\n\n")
                .endsWith("0\r\n\r\n");
    }

    @Test
    void those_who_watch_leave_room_for_those_who_ask() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> polls = new ArrayList<>();
        for (int i = 0; i < FEW.watchers(); i++) {
            polls.add(later(EVENTS + "?wait=50s"));
        }
        watched(FEW.watchers());
        problem(served.get(EVENTS + "?wait=50s"), 503, "BUSY");
        assertThat(served.post("{}").statusCode()).isEqualTo(202);
        served.runs.happen(begun(Step.PREFLIGHT));
        for (CompletableFuture<HttpResponse<String>> poll : polls) {
            assertThat(poll.get().statusCode()).isEqualTo(200);
        }
        assertThat(served.get(EVENTS).statusCode()).isEqualTo(200);
    }

    @Test
    void who_goes_away_leaves_the_seat_to_others() throws Exception {
        for (int round = 0; round < 2 * FEW.watchers(); round++) {
            try (Socket client = served.raw("GET " + EVENTS + "?wait=50s HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
                watched(1);
            }
            watched(0);
        }
        try (Socket client = served.raw(stream(""))) {
            watched(1);
        }
        watched(0);
        served.runs.happen(begun(Step.PREFLIGHT));
        assertThat(served.get(EVENTS).statusCode()).isEqualTo(200);
    }

    @Test
    void an_engine_that_stops_keeps_nobody_waiting() throws Exception {
        CompletableFuture<HttpResponse<String>> poll = later(EVENTS + "?wait=50s");
        watched(1);
        served.trigger.close();
        problem(poll.get(), 503, "BUSY");
        problem(served.post("{}"), 503, "STOPPING");
        assertThat(served.intake.asked).isEmpty();
        assertThat(served.get("/observe/health/ready").statusCode()).isEqualTo(503);
        assertThat(served.get("/observe/health/live").statusCode()).isEqualTo(200);
    }
}
