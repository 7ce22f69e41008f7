package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code bin/guards} can take away only what its lists still find. */
class GuardsTest {
    private static final Pattern PROMISE = Pattern.compile("(?m)^\\| \\*\\*(S\\d+)\\*\\* \\|");

    @Test
    void every_promise_has_guards() throws IOException {
        List<String> promises = PROMISE.matcher(Files.readString(Path.of("docs/safety.md")))
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
        assertThat(promises).isNotEmpty().allSatisfy(promise -> assertThat(Path.of("dev/guards", promise + ".toml"))
                .content()
                .contains("[[guard]]"));
    }

    /** The text of every guard is there once, and so is every test that must notice. */
    @Test
    @Tag("integration")
    void every_entry_fits_the_sources() throws Exception {
        Process check = new ProcessBuilder("bin/guards", "--check")
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
    }
}
