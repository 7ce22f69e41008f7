package dev.rollcall.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.config.OptionSet;
import dev.rollcall.core.Step;
import dev.rollcall.json.Json;
import dev.rollcall.trigger.http.ApiDescription.Described;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What /openapi.yaml says is what the server does: every operation is called, every route is described. */
class OpenApiTest {
    private static Served served;
    private static ApiDescription description;

    @BeforeAll
    static void open() throws Exception {
        served = Served.open();
        description = new ApiDescription(served.get("/openapi.yaml").body());
        served.runs.happen(FakeRuns.begun(Step.PREFLIGHT));
    }

    @AfterAll
    static void close() {
        served.close();
    }

    static Stream<Described> operations() throws Exception {
        return ApiDescription.operations();
    }

    private static String unknown(Described described) {
        return described.path().replace("{id}", "none").replace("{name}", "none");
    }

    private void refused(Described described, int status, HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(described + ": " + response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        description.check(described, response);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_operation_answers_as_it_is_described(Described described) throws Exception {
        HttpResponse<String> response = served.send(description.example(served, described, request -> {}));
        assertThat(response.statusCode()).isBetween(200, 202);
        description.check(described, response);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_operation_refuses_as_it_is_described(Described described) throws Exception {
        refused(
                described,
                403,
                served.send(description.example(served, described, r -> r.header("Origin", "http://evil.example"))));
        if (described.path().contains("{")) {
            refused(described, 404, served.send(served.request(unknown(described))));
        }
        if (described.operation().path("responses").has("400")) {
            refused(
                    described,
                    400,
                    served.send(description
                            .example(served, described, r -> {})
                            .uri(served.at(unknown(described) + "?no_such_word=1"))));
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_operation_asks_for_the_token_as_it_is_described(Described described, @TempDir Path folder)
            throws Exception {
        Path token = Files.writeString(folder.resolve("token"), Served.TOKEN);
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        try (Served guarded = Served.open(Optional.of(token), Limits.USUAL)) {
            HttpRequest.Builder request = description
                    .example(served, described, r -> {})
                    .uri(guarded.at(
                            described.path().replace("{id}", FakeRuns.RUN).replace("{name}", "default")));
            if (described.operation().has("security")) {
                assertThat(guarded.send(request).statusCode()).isEqualTo(200);
            } else {
                refused(described, 401, guarded.send(request));
                HttpResponse<String> response = guarded.send(request.header("Authorization", "Bearer " + Served.TOKEN));
                assertThat(response.statusCode()).isBetween(200, 202);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_operation_says_as_it_is_described_that_it_is_not_ready(Described described) throws Exception {
        try (Served early = new Served(Served.http(Optional.empty()), Limits.USUAL)) {
            early.trigger.join(early.context);
            refused(
                    described,
                    503,
                    early.send(description.example(served, described, r -> {}).uri(early.at(unknown(described)))));
        }
    }

    @Test
    void a_stream_of_events_is_as_it_is_described() throws Exception {
        Described watch = operations()
                .filter(o -> o.path().endsWith("/events"))
                .findFirst()
                .orElseThrow();
        try (Served over = Served.open()) {
            over.runs.happen(FakeRuns.begun(Step.PREFLIGHT));
            over.runs.happen(FakeRuns.ended());
            String events = watch.path().replace("{id}", FakeRuns.RUN);
            HttpResponse<String> stream = over.send(over.request(events).header("Accept", "text/event-stream"));
            assertThat(stream.body()).contains("id: 2\n");
            description.check(watch, stream);
            HttpResponse<String> nothing = over.send(
                    over.request(events).header("Accept", "text/event-stream").header("Last-Event-ID", "2"));
            assertThat(nothing.statusCode()).isEqualTo(204);
            description.check(watch, nothing);
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void what_needs_the_token_says_so(Described described) {
        boolean open = described.operation().has("security");
        assertThat(open).isEqualTo(!described.path().startsWith("/api/"));
        assertThat(described.operation().path("responses").has("401")).isEqualTo(!open);
    }

    @Test
    void every_route_is_described_and_nothing_else() throws Exception {
        Set<String> routes = new TreeSet<>();
        Iterable<Object> documents = new Load(LoadSettings.builder().build())
                .loadAllFromString(Files.readString(Path.of("routes/triggers.camel.yaml")));
        for (Object document : documents) {
            for (JsonNode entry : Json.MAPPER.valueToTree(document)) {
                JsonNode from = entry.at("/routeTemplate/from");
                String uri = from.path("uri").asText();
                if (uri.startsWith("platform-http:")) {
                    String method =
                            from.at("/parameters/httpMethodRestrict").asText().replace(",HEAD", "");
                    routes.add(method + " " + uri.substring("platform-http:".length()));
                }
            }
        }
        assertThat(operations().map(Described::toString)).containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void the_result_has_the_keys_of_its_own_schema() throws Exception {
        JsonNode schema =
                Json.MAPPER.readTree(Path.of("docs/schema/result.schema.json").toFile());
        JsonNode result = description.api.at("/components/schemas/Result");
        assertThat(names(result.path("properties").fieldNames()))
                .isEqualTo(names(schema.path("properties").fieldNames()));
        assertThat(names(description
                        .api
                        .at("/components/schemas/Roll/properties")
                        .fieldNames()))
                .isEqualTo(names(schema.at("/$defs/roll/properties").fieldNames()));
    }

    @Test
    void the_options_of_a_request_are_those_of_everybody_but_the_command_line() {
        Set<String> options = new TreeSet<>(OptionSet.WORDS);
        options.removeAll(Set.of("conf", "pidfile", "output"));
        options.addAll(Set.of("override", "defer"));
        assertThat(names(description
                        .api
                        .at("/components/schemas/Request/properties")
                        .fieldNames()))
                .isEqualTo(options);
    }

    private static Set<String> names(Iterator<String> names) {
        Set<String> all = new TreeSet<>();
        names.forEachRemaining(all::add);
        return all;
    }
}
