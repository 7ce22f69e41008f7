package dev.rollcall.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.rollcall.config.OptionSet;
import dev.rollcall.json.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What /openapi.yaml says is what the server does: every operation is called, every route is described. */
class OpenApiTest {
    private static Served served;
    private static JsonNode api;

    record Described(String method, String path, JsonNode operation) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @BeforeAll
    static void open() throws Exception {
        served = Served.open();
        api = read(served.get("/openapi.yaml").body());
        served.runs.happen(FakeRuns.begun(dev.rollcall.core.Step.PREFLIGHT));
    }

    @AfterAll
    static void close() {
        served.close();
    }

    private static JsonNode read(String yaml) {
        return Json.MAPPER.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }

    static Stream<Described> operations() throws Exception {
        List<Described> all = new ArrayList<>();
        JsonNode document = read(new String(
                Resource.class.getResourceAsStream("openapi.yaml").readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8));
        document.path("paths").fields().forEachRemaining(path -> path.getValue()
                .fields()
                .forEachRemaining(
                        o -> all.add(new Described(o.getKey().toUpperCase(Locale.ROOT), path.getKey(), o.getValue()))));
        return all.stream();
    }

    /** Follows a reference within the document. */
    private static JsonNode at(JsonNode node) {
        return node.has("$ref") ? api.at(node.path("$ref").asText().substring(1)) : node;
    }

    private HttpRequest.Builder example(Described described, Consumer<HttpRequest.Builder> more) {
        String path = described.path();
        List<String> query = new ArrayList<>();
        for (JsonNode given : described.operation().path("parameters")) {
            JsonNode parameter = at(given);
            String name = parameter.path("name").asText();
            String value = parameter.path("example").asText();
            assertThat(value).as("an example of " + name).isNotEmpty();
            switch (parameter.path("in").asText()) {
                case "path" -> path = path.replace("{" + name + "}", value);
                case "query" -> query.add(name + "=" + value);
                default -> assertThat(parameter.path("in").asText()).isEqualTo("header");
            }
        }
        HttpRequest.Builder request = served.request(path + (query.isEmpty() ? "" : "?" + String.join("&", query)));
        described.operation().path("parameters").forEach(given -> {
            JsonNode parameter = at(given);
            if (parameter.path("in").asText().equals("header")) {
                request.header(
                        parameter.path("name").asText(),
                        parameter.path("example").asText());
            }
        });
        JsonNode body = described.operation().at("/requestBody/content/application~1json/example");
        request.method(
                described.method(),
                body.isMissingNode() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        if (!body.isMissingNode()) {
            request.header("Content-Type", "application/json");
        }
        more.accept(request);
        return request;
    }

    private void check(Described described, HttpResponse<String> response) throws Exception {
        JsonNode said = at(described.operation().path("responses").path(Integer.toString(response.statusCode())));
        assertThat(said.isMissingNode())
                .as(described + " said " + response.statusCode())
                .isFalse();
        said.path("headers")
                .fieldNames()
                .forEachRemaining(name ->
                        assertThat(response.headers().firstValue(name)).as(name).isPresent());
        if (!said.has("content")) {
            assertThat(response.body()).isEmpty();
            return;
        }
        String type = response.headers().firstValue("Content-Type").orElse("").replaceAll(" *;.*", "");
        JsonNode content = said.path("content").path(type);
        assertThat(content.isMissingNode()).as(described + " sent " + type).isFalse();
        if (type.endsWith("json")) {
            valid(content.path("schema"), Json.MAPPER.readTree(response.body()));
        }
    }

    private static void valid(JsonNode schema, JsonNode document) {
        ObjectNode whole = Json.MAPPER.createObjectNode();
        whole.set("components", api.path("components"));
        whole.set("allOf", Json.MAPPER.createArrayNode().add(schema));
        SchemaValidatorsConfig strict =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
                        .getSchema(whole, strict)
                        .validate(document))
                .as(document.toPrettyString())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_operation_answers_as_it_is_described(Described described) throws Exception {
        HttpResponse<String> response = served.send(example(described, request -> {}));
        assertThat(response.statusCode()).isBetween(200, 202);
        check(described, response);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_operation_refuses_as_it_is_described(Described described) throws Exception {
        if (described.path().startsWith("/api/")) {
            check(
                    described,
                    served.send(example(described, r -> r.header("Origin", "http://evil.example"))
                            .uri(served.at(
                                    described.path().replace("{id}", "none").replace("{name}", "none")))));
        }
        if (described.path().contains("{")) {
            HttpResponse<String> none = served.send(
                    served.request(described.path().replace("{id}", "none").replace("{name}", "none")));
            assertThat(none.statusCode()).isEqualTo(404);
            check(described, none);
        }
        if (described.path().endsWith("/events")) {
            check(described, served.send(example(described, r -> r.header("Accept", "text/event-stream")
                    .header("Last-Event-ID", "0"))));
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
                .loadAllFromString(java.nio.file.Files.readString(Path.of("routes/triggers.camel.yaml")));
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
        JsonNode result = api.at("/components/schemas/Result");
        assertThat(names(result.path("properties").fieldNames()))
                .isEqualTo(names(schema.path("properties").fieldNames()));
        assertThat(names(api.at("/components/schemas/Roll/properties").fieldNames()))
                .isEqualTo(names(schema.at("/$defs/roll/properties").fieldNames()));
    }

    @Test
    void the_options_of_a_request_are_those_of_everybody_but_the_command_line() {
        Set<String> options = new TreeSet<>(OptionSet.WORDS);
        options.removeAll(Set.of("conf", "pidfile", "output"));
        options.addAll(Set.of("override", "defer"));
        assertThat(names(api.at("/components/schemas/Request/properties").fieldNames()))
                .isEqualTo(options);
    }

    private static Set<String> names(Iterator<String> names) {
        Set<String> all = new TreeSet<>();
        names.forEachRemaining(all::add);
        return all;
    }
}
