package dev.rollcall.trigger.http;

import static dev.rollcall.trigger.http.Served.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches no operation has its answer all the same, and its form. */
class UnroutedTest {
    private static Served served;

    @BeforeAll
    static void open() throws Exception {
        served = Served.open();
    }

    @AfterAll
    static void close() {
        served.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/api",
                "/api/",
                "/api/v1",
                "/api/v2/runs",
                "/api/v1/runs/a/b",
                "/page.html",
                "/observe",
                "//"
            })
    void an_unknown_path_is_not_found(String path) throws Exception {
        problem(served.get(path), 404, "NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT | /api/v1/runs | GET, POST",
                "DELETE | /api/v1/runs/x | GET",
                "POST | /api/v1/runs/x/events | GET",
                "PATCH | /api/v1/targets/default/plan | GET",
                "OPTIONS | /api/v1/runs | GET, POST",
                "TRACE | /api/v1/runs | GET, POST",
                "BREW | /api/v1/runs | GET, POST",
                "POST | / | GET, HEAD",
                "DELETE | /observe/metrics | GET, HEAD"
            })
    void a_wrong_method_is_told_the_right_ones(String method, String path, String allowed) throws Exception {
        String answer = served.exchange(
                method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 405 ").contains("application/problem+json", "METHOD_NOT_ALLOWED");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                .contains("\r\nallow: " + allowed.toLowerCase(java.util.Locale.ROOT) + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/jsonp",
                "application/json; charset=utf-16",
                "text/json",
                "application/merge-patch+json"
            })
    void another_type_of_body_is_not_supported(String type) throws Exception {
        HttpResponse<String> response = served.send(
                served.request("/api/v1/runs").header("Content-Type", type).POST(BodyPublishers.ofString("{}")));
        problem(response, 415, "UNSUPPORTED_MEDIA_TYPE");
        assertThat(response.headers().firstValue("Accept")).hasValue("application/json");
        assertThat(served.intake.asked).isEmpty();
    }

    @Test
    void a_body_without_a_type_or_compressed_is_not_supported() throws Exception {
        problem(
                served.send(served.request("/api/v1/runs").POST(BodyPublishers.ofString("{}"))),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
        problem(served.post("{}", "Content-Encoding", "gzip"), 415, "UNSUPPORTED_MEDIA_TYPE");
        problem(served.post("{}", "Content-Type", "text/plain"), 415, "UNSUPPORTED_MEDIA_TYPE");
        assertThat(served.post("{}", "Content-Encoding", "identity").statusCode())
                .isEqualTo(202);
        served.intake.asked.clear();
    }

    @Test
    void a_body_of_64_kib_is_read_and_a_larger_one_is_not() throws Exception {
        String most = "{\"token\":\"" + "x".repeat((64 << 10) - 12) + "\"}";
        assertThat(most).hasSize(64 << 10);
        assertThat(served.post(most).statusCode()).isEqualTo(202);
        served.intake.asked.clear();
        problem(served.post(most + " "), 413, "TOO_LARGE");
        assertThat(served.intake.asked).isEmpty();
    }

    @Test
    void a_body_that_does_not_say_its_length_is_cut_at_64_kib() throws Exception {
        String chunk = "8000\r\n" + " ".repeat(0x8000) + "\r\n";
        String answer =
                served.exchange("POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + chunk);
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("TOO_LARGE");
    }

    @Test
    void who_asks_before_sending_a_large_body_is_told_at_once() throws Exception {
        String answer =
                served.exchange("POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Expect: 100-continue\r\nContent-Length: 1000000000\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("TOO_LARGE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /%zz HTTP/1.1 | 400",
                "GET / HTTP/9.9 | 501",
                "hello | 400",
                "GET /api/v1/runs/%ff%fe HTTP/1.1 | 404"
            })
    void what_is_hardly_http_has_an_answer(String line, String status) throws Exception {
        String answer = served.exchange(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/\\d\\.\\d " + status + " .*").doesNotContain("Exception", "hello", "%zz");
    }

    @Test
    void a_line_or_headers_that_are_too_long_are_refused() throws Exception {
        assertThat(served.exchange("GET /" + "a".repeat(5000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.0 414 ")
                .contains("ADDRESS_TOO_LONG");
        assertThat(served.exchange("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"))
                .matches("(?s)HTTP/1.\\d 431 .*")
                .contains("HEADERS_TOO_LARGE");
    }

    @Test
    void the_server_goes_on_after_all_that() throws Exception {
        assertThat(served.get("/observe/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void every_answer_keeps_browsers_from_making_more_of_it() throws Exception {
        for (String path : new String[] {"/", "/nothing", "/api/v1/runs", "/observe/metrics"}) {
            Map<String, java.util.List<String>> headers =
                    served.get(path).headers().map();
            assertThat(headers)
                    .as(path)
                    .containsKeys("x-content-type-options", "content-security-policy", "cache-control");
        }
    }

    @Test
    void health_and_metrics_need_no_more_than_a_head() throws Exception {
        for (String path : new String[] {"/observe/health/live", "/observe/health/ready", "/observe/metrics", "/"}) {
            HttpResponse<String> head = served.send(served.request(path).method("HEAD", BodyPublishers.noBody()));
            assertThat(head.statusCode()).as(path).isEqualTo(200);
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void readiness_is_that_of_the_whole_engine() throws Exception {
        assertThat(served.get("/observe/health/ready").body())
                .isEqualTo("{\"status\":\"up\",\"checks\":{\"http\":\"up\",\"state_dir\":\"up\"}}");
        served.health = new Health(false, Map.of("state_dir", "it is full"));
        HttpResponse<String> response = served.get("/observe/health/ready");
        served.health = new Health(true, Map.of("state_dir", "up"));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(Served.json(response).at("/checks/state_dir").asText()).isEqualTo("it is full");
        assertThat(Served.json(response).path("status").asText()).isEqualTo("down");
    }

    @Test
    void metrics_are_those_of_the_engine() throws Exception {
        HttpResponse<String> response = served.get("/observe/metrics");
        assertThat(response.body()).isEqualTo("rollcall_up 1\n");
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain; version=0.0.4");
    }
}
