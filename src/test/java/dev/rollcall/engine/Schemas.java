package dev.rollcall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.rollcall.core.Entry;
import dev.rollcall.core.Result;
import dev.rollcall.json.EventCodec;
import dev.rollcall.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The documents that others rely on. A schema that is not there is a failure. */
final class Schemas {
    private static final JsonSchema RESULT = read("result");
    private static final JsonSchema EVENT = read("event");

    private Schemas() {}

    static void check(Result result) {
        JsonNode document = Json.MAPPER.valueToTree(result);
        assertThat(RESULT.validate(document)).as(document.toPrettyString()).isEmpty();
    }

    static void check(Entry entry) {
        JsonNode document = EventCodec.document(entry);
        assertThat(EVENT.validate(document)).as(document.toPrettyString()).isEmpty();
    }

    private static JsonSchema read(String name) {
        SchemaValidatorsConfig strict =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        try {
            JsonNode schema = Json.MAPPER.readTree(
                    Path.of("docs/schema", name + ".schema.json").toFile());
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema, strict);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
