package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.rollcall.config.UsageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody may name as a request, or write into one. */
class RequestFileTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void an_object_is_read() throws Exception {
        assertThat(RequestFile.read(file("{\"target\": \"shop\", \"drain\": 5}").toString()))
                .containsEntry("target", "shop")
                .containsEntry("drain", 5);
    }

    @Test
    void an_endless_file_is_too_large() {
        assertThat(refusal("/dev/zero")).contains("larger than 64 KiB");
    }

    @Test
    void a_file_of_a_gigabyte_is_too_large() throws IOException {
        Path large = folder.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        assertThat(refusal(large.toString())).contains("larger than 64 KiB");
    }

    @Test
    void what_is_no_file_is_refused_with_a_sentence() {
        assertThat(refusal(folder.toString())).contains("it is a folder");
        assertThat(refusal(folder.resolve("none").toString())).contains("there is no such file");
        assertThat(refusal("")).contains("it is a folder");
        assertThat(refusal("a\0b")).contains("it is no path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"x\"",
                "{",
                "{\"a\":1,\"a\":2}",
                "{} {}",
                "{\"a\":NaN}",
                "{\"a\":+1}",
                "{\"a\":\"\u0000\"}"
            })
    void what_is_no_object_is_refused(String text) throws IOException {
        assertThat(refusal(file(text).toString())).contains("tried to read the request in ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void what_nests_too_deep_is_refused(String open) throws IOException {
        assertThat(refusal(file(open.repeat(10_000)).toString())).contains("it is no JSON object");
    }

    private Path file(String text) throws IOException {
        return Files.write(folder.resolve("request.json"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(String from) {
        return assertTimeoutPreemptively(SOON, () -> {
            StringBuilder sentence = new StringBuilder();
            assertThatThrownBy(() -> RequestFile.read(from))
                    .isInstanceOf(UsageException.class)
                    .satisfies(e -> sentence.append(e.getMessage()));
            return sentence.toString();
        });
    }
}
