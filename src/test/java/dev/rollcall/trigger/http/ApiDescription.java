package dev.rollcall.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.rollcall.json.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The description of the API as a program reads it: makes requests of its examples and holds answers against its schemas. */
final class ApiDescription {
    final JsonNode api;

    ApiDescription(String yaml) {
        api = read(yaml);
    }

    record Described(String method, String path, JsonNode operation) {
        @Override
        public String toString() {
            return method + " " + path;
        }
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
    private JsonNode at(JsonNode node) {
        return node.has("$ref") ? api.at(node.path("$ref").asText().substring(1)) : node;
    }

    HttpRequest.Builder example(Served served, Described described, Consumer<HttpRequest.Builder> more) {
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

    void check(Described described, HttpResponse<String> response) throws Exception {
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

    private void valid(JsonNode schema, JsonNode document) {
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
}
