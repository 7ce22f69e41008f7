package dev.rollcall.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.core.Entry;
import dev.rollcall.core.Fold;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line whose checksum fits may still be none of ours: it is read or it is nothing, and what is read can be folded. */
class AnyLineTest {
    @Property
    void a_field_that_is_something_else(
            @ForAll("lines") String line, @ForAll @IntRange(max = 200) int which, @ForAll("values") String value)
            throws JsonProcessingException {
        ObjectNode document = (ObjectNode) Json.MAPPER.readTree(line);
        document.remove("crc");
        List<Runnable> changes = new ArrayList<>();
        collect(document, value.isEmpty() ? null : Json.MAPPER.readTree(value), changes);
        changes.get(which % changes.size()).run();
        accepts(document.toString());
    }

    @Property
    void any_text(@ForAll String text) {
        accepts("{\"type\":\"ended\",\"at\":\"" + text + "\"}");
        accepts(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"seq\":1,\"at\":\"yesterday\",\"run_id\":\"r\",\"type\":\"resumed\",\"by\":\"cli\"}",
                "{\"seq\":1,\"run_id\":\"r\",\"type\":\"resumed\",\"by\":\"cli\"}",
                "{\"seq\":1,\"at\":\"2026-01-01T00:00:00Z\",\"run_id\":\"r\",\"type\":\"kill_begun\",\"step\":null}",
                "{\"seq\":1,\"at\":\"2026-01-01T00:00:00Z\",\"run_id\":\"r\",\"type\":\"kill_begun\",\"step\":\"start\"}",
                "{\"seq\":1,\"at\":\"2026-01-01T00:00:00Z\",\"run_id\":\"r\",\"type\":\"found\"}",
                "[1,2",
                "7"
            })
    void a_line_that_no_version_has_written_is_nothing(String document) {
        assertThat(entry(document)).isEmpty();
    }

    @Test
    void nesting_is_bounded() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        assertThat(entry("{\"type\":\"ended\",\"x\":" + deep + "}")).isEmpty();
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.of(EventCodecTest.events()
                .map(event -> EventCodec.line(new Entry(3, Instant.EPOCH, "run", event)))
                .toList());
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(
                "",
                "null",
                "true",
                "-1",
                "1e999",
                "99999999999999999999999",
                "\"\"",
                "\"x\"",
                "\"\\u0000\"",
                "[]",
                "{}",
                "[null]",
                "{\"a\":{}}",
                "\"+1000000000-12-31T23:59:60Z\"",
                "1e-999999",
                "12345678901234567.5");
    }

    /** Puts the value in the place of one field or item after the other; none at all is left out. */
    private static void collect(JsonNode node, JsonNode value, List<Runnable> changes) {
        if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(
                    object.properties().stream().map(Map.Entry::getKey).toList())) {
                changes.add(() -> {
                    if (value == null) {
                        object.remove(name);
                    } else {
                        object.set(name, value);
                    }
                });
            }
        }
        if (node instanceof ContainerNode<?>) {
            node.forEach(child -> collect(child, value, changes));
        }
    }

    private static void accepts(String document) {
        entry(document).ifPresent(entry -> {
            assertThat(entry.event().type()).isNotEmpty();
            assertThat(Fold.result(List.of(entry))).isNotNull();
        });
    }

    private static Optional<Entry> entry(String document) {
        String body = document.isEmpty() ? "" : document.substring(0, document.length() - 1);
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return EventCodec.entry(body + ",\"crc\":\"" + HexFormat.of().toHexDigits((int) crc.getValue()) + "\"}");
    }
}
