package dev.rollcall.arena;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The JSON Schemas of {@code docs/schema}, applied to all JSON that a scenario sees. */
public final class Schemas {
    private static final Path FOLDER = Path.of(System.getProperty("rollcall.schemas", "docs/schema"));

    private Schemas() {}

    public static void checkResult(JsonNode document) throws IOException {
        check("result.schema.json", document);
    }

    /** Every line of the journal; a run that wrote none has none to check. */
    public static void checkJournal(String path) throws IOException {
        if (path.isEmpty() || path.equals("null") || !Files.exists(Path.of(path))) {
            return;
        }
        for (String line : Files.readAllLines(Path.of(path))) {
            check("event.schema.json", new ObjectMapper().readTree(line));
        }
    }

    private static void check(String schema, JsonNode document) throws IOException {
        try (var source = Files.newInputStream(FOLDER.resolve(schema))) {
            var messages = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(source)
                    .validate(document);
            assertThat(messages).as("%s against %s", document, schema).isEmpty();
        }
    }
}
