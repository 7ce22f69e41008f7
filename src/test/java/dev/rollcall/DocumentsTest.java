package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A promise that cites a test which is not there is none. */
class DocumentsTest {
    private static final Pattern CITED = Pattern.compile("`([A-Z][A-Za-z]*Test)(?:\\.(\\w+)(…?))?`");
    private static final Map<String, String> SOURCES = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
                SOURCES.merge(
                        file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/safety.md",
                "docs/edge-cases.md",
                "docs/resume.md",
                "docs/state.md",
                "docs/queue.md",
                "docs/configuration.md",
                "docs/http.md",
                "docs/events.md",
                "docs/operation.md"
            })
    void every_test_that_is_cited_exists(String document) throws IOException {
        for (MatchResult cited :
                CITED.matcher(Files.readString(Path.of(document))).results().toList()) {
            assertThat(SOURCES).as(cited.group()).containsKey(cited.group(1));
            if (cited.group(2) != null) {
                String end = cited.group(3).isEmpty() ? "\\b" : "";
                assertThat(SOURCES.get(cited.group(1))).as(cited.group()).containsPattern("\\b" + cited.group(2) + end);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/edge-cases.md"})
    void edge_cases_are_numbered_through(String document) throws IOException {
        List<Integer> numbers = Pattern.compile("(?m)^\\| (\\d+) \\|")
                .matcher(Files.readString(Path.of(document)))
                .results()
                .map(row -> Integer.parseInt(row.group(1)))
                .toList();
        assertThat(numbers)
                .hasSizeGreaterThanOrEqualTo(54)
                .containsExactlyElementsOf(
                        Stream.iterate(1, i -> i + 1).limit(numbers.size()).toList());
    }
}
