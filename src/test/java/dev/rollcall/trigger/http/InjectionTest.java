package dev.rollcall.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Components of Camel obey headers: none may come from outside, in whatever guise, and nothing that came goes out again. */
class InjectionTest {
    private static final List<String> NAMES = List.of(
            "CamelExecCommandExecutable",
            "CAmelExecCommandExecutable",
            "camelexeccommandargs",
            "CAMELHTTPURI",
            "org.apache.camel.foo",
            "CamelHttpResponseCode",
            "breadcrumbId",
            "X-Evil",
            "Location");

    private static final List<Map<String, Object>> SEEN = new CopyOnWriteArrayList<>();
    private static Served served;

    @BeforeAll
    static void open() throws Exception {
        served = Served.open();
        served.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/probe").process(e -> {
                    SEEN.add(Map.copyOf(e.getMessage().getHeaders().entrySet().stream()
                            .filter(h -> h.getValue() != null)
                            .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
                    e.getMessage().setBody("seen");
                });
            }
        });
    }

    @AfterAll
    static void close() {
        served.close();
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
        served.intake.asked.clear();
    }

    private static final String HEAD = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

    static Stream<String> shapes() {
        return NAMES.stream()
                .flatMap(name -> Stream.of(
                        "POST /probe" + HEAD + name
                                + ": evil\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
                        "GET /probe?" + name + "=evil" + HEAD + "\r\n",
                        "GET /probe?" + name.replace("a", "%61") + "=evil&" + name + "=evil" + HEAD + "\r\n",
                        "POST /probe" + HEAD + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                                + (name.length() + 5) + "\r\n\r\n" + name + "=evil",
                        "POST /probe" + HEAD
                                + "Content-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + chunked("--b\r\nContent-Disposition: form-data; name=\"" + name
                                        + "\"\r\n\r\nevil\r\n--b--\r\n"),
                        "POST /probe" + HEAD
                                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nTrailer: " + name
                                + "\r\n\r\n2\r\n{}\r\n0\r\n" + name + ": evil\r\n\r\n",
                        "POST /probe" + HEAD + "Cookie: " + name + "=evil\r\nContent-Type: application/json; " + name
                                + "=evil\r\nContent-Length: 2\r\n\r\n{}"));
    }

    private static String chunked(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n0\r\n\r\n";
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void nothing_gets_in_or_comes_back(String request) throws Exception {
        String answer = served.exchange(request);
        assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("evil");
        SEEN.forEach(headers -> assertThat(
                        headers.toString().replaceAll("CamelHttp(Raw)?(Uri|Url|Query|RawQuery)=[^,}]*", ""))
                .doesNotContain("evil"));
        assertThat(answer.startsWith("HTTP/1.1 200") || answer.startsWith("HTTP/1.1 415"))
                .as(answer)
                .isTrue();
    }

    @Test
    void a_probe_sees_what_a_route_sees() throws Exception {
        assertThat(served.exchange("GET /probe" + HEAD + "\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("\r\nseen\r\n");
        assertThat(SEEN).singleElement().satisfies(h -> assertThat(h).containsEntry("CamelHttpMethod", "GET"));
    }

    @Test
    void no_header_of_a_request_is_in_the_answer_of_an_operation() throws Exception {
        String answer =
                served.exchange("POST /api/v1/runs" + HEAD + "X-Evil: evil\r\nLocation: evil\r\nRetry-After: evil\r\n"
                        + "Authorization: Bearer evil\r\nContent-Security-Policy: evil\r\nCookie: a=evil\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        assertThat(answer).startsWith("HTTP/1.1 202").doesNotContain("evil");
        assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("camel", "breadcrumb", "authorization", "cookie:");
    }

    @Test
    void a_name_of_the_path_cannot_split_the_answer() throws Exception {
        String answer = served.exchange("GET /api/v1/targets/x%0d%0aSet-Cookie:%20evil/plan" + HEAD + "\r\n");
        assertThat(answer).startsWith("HTTP/1.1 404").doesNotContain("evil");
    }
}
