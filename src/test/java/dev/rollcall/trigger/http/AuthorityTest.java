package dev.rollcall.trigger.http;

import static dev.rollcall.trigger.http.Served.TOKEN;
import static dev.rollcall.trigger.http.Served.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.config.Triggers;
import dev.rollcall.config.UsageException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask. */
class AuthorityTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void token() throws Exception {
        file = token(TOKEN + "\n", "rw-------");
    }

    private Path token(String content, String rights) throws Exception {
        Path path = Files.writeString(folder.resolve("token"), content);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }

    @Test
    void everything_under_api_needs_the_token_and_nothing_else_does() throws Exception {
        try (Served served = Served.open(Optional.of(file), Limits.USUAL)) {
            for (String path : new String[] {
                "/api", "/api/v1/runs", "/api/v1/runs/x", "/api/v1/runs/x/events", "/api/v1/targets/default/plan",
                "/api/v1/targets/default/roll", "/api/nothing", "/%61pi/v1/runs", "/x/../api/v1/runs", "/./api/v1/runs"
            }) {
                HttpResponse<String> response = served.get(path);
                problem(response, 401, "UNAUTHORIZED");
                assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"rollcall\"");
            }
            problem(served.post("{}"), 401, "UNAUTHORIZED");
            assertThat(served.intake.asked).isEmpty();
            for (String path : new String[] {"/", "/openapi.yaml", "/observe/health/live", "/observe/metrics"}) {
                assertThat(served.get(path).statusCode()).as(path).isEqualTo(200);
            }
            assertThat(served.post("{}", "Authorization", "Bearer " + TOKEN).statusCode())
                    .isEqualTo(202);
            assertThat(served.post("{}", "authorization", "bearer " + TOKEN).statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void no_way_of_writing_a_path_comes_past_the_token() throws Exception {
        try (Served served = Served.open(Optional.of(file), Limits.USUAL)) {
            for (String path : new String[] {
                "//api/v1/runs",
                "/API/v1/runs",
                "/api%2fv1/runs",
                "/;/api/v1/runs",
                "/api;x/v1/runs",
                "/observe/../api/v1/runs",
                "/%2e%2e/api/v1/runs",
                "/%2561pi/v1/runs",
                "http://localhost/api/v1/runs",
                "/api/v1//runs",
                "/api\\v1\\runs",
                "/api/v1/runs/",
                "/api/v1/runs?x=/observe/metrics",
                "/api/v1/runs#/"
            }) {
                String answer =
                        served.exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                assertThat(answer)
                        .as(path)
                        .matches("(?s)HTTP/1\\.1 (401|404|400) .*")
                        .doesNotContain("\"runs\"");
            }
        }
    }

    @Test
    void a_route_of_somebodys_own_under_api_needs_the_token_too() throws Exception {
        try (Served served = Served.open(Optional.of(file), Limits.USUAL)) {
            served.context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("platform-http:/api/mine").setBody(constant("mine"));
                }
            });
            problem(served.get("/api/mine"), 401, "UNAUTHORIZED");
            assertThat(served.send(served.request("/api/mine").header("Authorization", "Bearer " + TOKEN))
                            .body())
                    .isEqualTo("mine");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer wrong",
                "Bearer",
                "Bearer ",
                TOKEN,
                "Basic " + TOKEN,
                "Bearer " + TOKEN + "x",
                "Bearer x" + TOKEN,
                "Bearer " + TOKEN + " " + TOKEN,
                "Bearer  ",
                "Bearer correct-horse-battery-stapl"
            })
    void what_is_not_the_token_does_not_pass(String authorization) throws Exception {
        Token token = Token.read(file);
        assertThat(token.isIn(java.util.List.of(authorization))).isFalse();
        assertThat(token.isIn(java.util.List.of("Bearer " + TOKEN, authorization)))
                .isFalse();
        assertThat(token.isIn(java.util.List.of())).isFalse();
        assertThat(token.isIn(java.util.List.of("Bearer " + TOKEN))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "short, rw-------, letters",
        "'', rw-------, letters",
        "two words that are long enough, rw-------, letters",
        "correct-horse-battery-staple, rw-r--r--, everybody"
    })
    void a_token_file_that_is_no_good_is_refused(String content, String rights, String why) throws Exception {
        assertThatThrownBy(() -> Token.read(token(content, rights)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("tried to ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("staple");
    }

    @Test
    void a_token_file_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> Token.read(folder.resolve("none")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void without_a_token_nobody_else_is_listened_to(String host) {
        Triggers.Http http = new Triggers.Http(host, 0, Optional.empty(), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> new Served(http, Limits.USUAL).start())
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "tried to listen on " + host + " but without a token everybody who reaches it could restart; "
                                + "set token_file under triggers.http, or host: 127.0.0.1");
    }

    @Test
    void with_a_token_it_listens_wherever_it_is_told() throws Exception {
        Triggers.Http http = new Triggers.Http("0.0.0.0", 0, Optional.of(file), Optional.empty(), Optional.empty());
        try (Served served = new Served(http, Limits.USUAL).start()) {
            assertThat(served.post("{}", "Authorization", "Bearer " + TOKEN).statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void a_port_that_is_taken_is_said_so() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            Triggers.Http http = new Triggers.Http(
                    "127.0.0.1", other.getLocalPort(), Optional.empty(), Optional.empty(), Optional.empty());
            assertThatThrownBy(() -> new Served(http, Limits.USUAL).start())
                    .isInstanceOf(UsageException.class)
                    .hasMessageStartingWith("tried to listen on 127.0.0.1 port " + other.getLocalPort() + " but ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: evil.example:8787",
                "Host: localhost.evil.example",
                "Host: 127.0.0.1.evil.example",
                "Host: 10.0.0.1",
                "Host: localhost\r\nHost: evil.example",
                "X: y",
                "Host: localhost:8787@evil.example",
                "Host:"
            })
    void without_a_token_a_name_that_others_can_point_here_is_refused(String host) throws Exception {
        try (Served served = Served.open()) {
            String answer = served.exchange("GET /api/v1/runs HTTP/1.1\r\n" + host + "\r\nConnection: close\r\n\r\n");
            assertThat(answer).matches("(?s)HTTP/1\\.1 4(21|00) .*").doesNotContain("evil", "\"runs\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example",
        "Origin, null",
        "Origin, http://localhost:1",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void without_a_token_a_page_of_another_site_is_refused(String header, String value) throws Exception {
        try (Served served = Served.open()) {
            problem(served.post("{}", header, value), 403, "ORIGIN_REFUSED");
            problem(served.send(served.request("/api/v1/runs").header(header, value)), 403, "ORIGIN_REFUSED");
            assertThat(served.intake.asked).isEmpty();
        }
    }

    @Test
    void the_engines_own_page_may_ask() throws Exception {
        try (Served served = Served.open()) {
            String own = "http://127.0.0.1:" + served.port();
            assertThat(served.post("{}", "Origin", own, "Sec-Fetch-Site", "same-origin")
                            .statusCode())
                    .isEqualTo(202);
            for (String host :
                    new String[] {"localhost", "LOCALHOST:" + served.port(), "127.0.0.1", "127.1.2.3:80", "[::1]:80"}) {
                assertThat(served.exchange("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                        .startsWith("HTTP/1.1 200 ");
            }
        }
    }
}
