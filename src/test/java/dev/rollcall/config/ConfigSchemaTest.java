package dev.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** An editor must not be told other things than the engine will say. */
class ConfigSchemaTest {
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\\n(.*?)```");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    static Stream<Arguments> sections() {
        return Stream.of(
                Arguments.of("", ConfigFile.KEYS),
                Arguments.of("/properties/journals", JournalsSection.KEYS),
                Arguments.of("/$defs/target", TargetsSection.KEYS),
                Arguments.of("/$defs/target/properties/restart", TargetsSection.DEFAULTS),
                Arguments.of("/properties/triggers", TriggersSection.KEYS),
                Arguments.of("/$defs/timer", TriggersSection.TIMER_KEYS),
                Arguments.of("/properties/triggers/properties/file", TriggersSection.FILE_KEYS),
                Arguments.of("/$defs/http", HttpSection.KEYS),
                Arguments.of("/properties/blackouts/items", ConfigFile.BLACKOUT_KEYS),
                Arguments.of("/properties/events", EventsSection.KEYS),
                Arguments.of("/properties/events/properties/webhook", EventsSection.WEBHOOK_KEYS));
    }

    @ParameterizedTest
    @MethodSource("sections")
    void schema_and_parser_know_the_same_keys(String pointer, List<String> keys) throws IOException {
        JsonNode section = schema().at(pointer);
        List<String> known = new ArrayList<>();
        section.path("properties").fieldNames().forEachRemaining(known::add);
        assertThat(known).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(section.path("additionalProperties").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/configuration.md", "README.md"})
    void every_example_of_the_documents_is_a_configuration(String document) throws Exception {
        List<String> examples = YAML.matcher(Files.readString(Path.of(document)))
                .results()
                .map(example -> example.group(1))
                .toList();
        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            assertThat(complaints(example)).as(example).isEmpty();
            assertThat(refusal(example)).as(example).isEmpty();
        }
    }

    /** Every key of the parser has its row or its sentence. */
    @Test
    void every_key_is_in_the_document() throws IOException {
        String document = Files.readString(Path.of("docs/configuration.md"));
        for (Object[] section : sections().map(Arguments::get).toList()) {
            if (!section[0].equals("/$defs/target/properties/restart") && !section[0].equals("/$defs/timer")) {
                assertThat((List<?>) section[1])
                        .allSatisfy(key -> assertThat(document).containsPattern("[`.]" + key + "[`.\\[]"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''| true",
                "targets: {a: {}} | true",
                "targets: {a: {start: auto, restart: {kill_grace: 5, stop_timeout: auto}}} | true",
                "targets: {a: {start: now}} | false",
                "targets: {a: {restart: {kill_grace: soon}}} | false",
                "targets: {a: {restart: {override: true}}} | false",
                "targets: {a: {remote_control: telepathy}} | false",
                "journals: {keep: 0} | false",
                "statedir: /x | false",
                "triggers: {http: {}} | true",
                "triggers: {http: {port: 0}} | false",
                "triggers: {http: {cert_file: c}} | false",
                "triggers: {http: {cert_file: c, key_file: k}} | true",
                "triggers: {file: {}} | false",
                "triggers: {timer: [{name: a}]} | false",
                "{targets: {default: {}}, triggers: {timer: [{name: a, cron: '0 0 3 * * ?', defer: true}]}} | true",
                "{targets: {default: {}}, triggers: {timer: [{name: a b, cron: '0 0 3 * * ?'}]}} | false",
                "{targets: {default: {}}, triggers: {timer: [{name: a, cron: '0 0 3 * * ?', misfire: never}]}} | false",
                "{targets: {default: {}}, triggers: {timer: [{name: a, cron: '0 0 3 * * ?', conf: /c}]}} | false",
                "{targets: {default: {}}, triggers: {timer: [{name: a, cron: '0 0 3 * * ?', override: maybe}]}} | false",
                "blackouts: [{name: a, cron: '* * * L * ?', zone: UTC}] | true",
                "blackouts: [{name: a, cron: '* * *'}] | false",
                "blackouts: {name: a} | false",
                "events: {webhook: {url: 'https://h:8/p?q=1'}} | true",
                "events: {webhook: {url: 'https://u:p@h/'}} | false",
                "events: {webhook: {url: 'ftp://h/'}} | false",
                "events: {webhook: {url: 'https://h/#f'}} | false",
                "events: {webhook: {}} | false",
            })
    void schema_and_parser_agree(String text, boolean good) throws Exception {
        assertThat(complaints(text).isEmpty())
                .as("by the schema: " + complaints(text))
                .isEqualTo(good);
        assertThat(refusal(text).isEmpty())
                .as("by the parser: " + refusal(text))
                .isEqualTo(good);
    }

    private static List<String> complaints(String yaml) throws IOException {
        Object document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        JsonNode json = document == null ? JSON.createObjectNode() : JSON.valueToTree(document);
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema()).validate(json).stream()
                .map(Object::toString)
                .toList();
    }

    private Optional<String> refusal(String yaml) throws IOException {
        try {
            ConfigFile.readWhole(Optional.of(Files.writeString(folder.resolve("rollcall.yaml"), yaml)));
            return Optional.empty();
        } catch (UsageException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static JsonNode schema() throws IOException {
        return JSON.readTree(Path.of("docs/schema/config.schema.json").toFile());
    }
}
