package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An answer that would have to be unpacked: it has no size until it is (S12). */
class CompressedAnswerTest {
    @Test
    void one_that_is_compressed_is_refused() {
        assertThat(unwrap("").complaint()).isEmpty();
        assertThat(unwrap(",\"compression\":\"application/x-gzip\"").complaint())
                .hasValueSatisfying(finding -> assertThat(finding.message()).endsWith("it is compressed"));
    }

    private static Envelope.Incoming unwrap(String header) {
        String envelope =
                "{\"body\":\"{\\\"w@h\\\":[]}\",\"content-type\":\"application/json\",\"headers\":{\"ticket\":\"t\""
                        + header + "},\"properties\":{}}";
        return Envelope.unwrap(envelope.getBytes(StandardCharsets.UTF_8), Map.of("t", "active"));
    }
}
