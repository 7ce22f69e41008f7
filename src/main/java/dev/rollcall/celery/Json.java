package dev.rollcall.celery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads JSON that others wrote, with limits; a node's answer without the parts that nobody may keep. */
final class Json {
    /**
     * The largest answer that is read. One with a thousand tasks has a tenth of it; several are held at a time, and each as bytes, as
     * text and as a tree.
     */
    static final int LARGEST = 4_000_000;

    /** A small value takes seventy bytes as a part of a tree. */
    private static final long MOST_TOKENS = 200_000;

    static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LARGEST)
                    .maxNestingDepth(100)
                    .maxDocumentLength(2L * LARGEST)
                    .maxTokenCount(MOST_TOKENS)
                    .build())
            .build());

    private Json() {}

    /** The first JSON value in these bytes; text after it is tolerated, as {@code celery status --json} prints some. */
    static JsonNode first(byte[] bytes) throws IOException {
        try (JsonParser parser = MAPPER.createParser(bytes)) {
            return orMissing(parser.readValueAsTree());
        }
    }

    /** The same, dropping arguments of tasks and the broker's login while parsing, before they become objects. */
    static JsonNode answer(byte[] bytes) throws IOException {
        return answer(MAPPER.createParser(bytes));
    }

    /** What follows the answer may be read as well, and is lost. */
    static JsonNode answer(InputStream in) throws IOException {
        return answer(MAPPER.createParser(in));
    }

    private static JsonNode answer(JsonParser all) throws IOException {
        try (JsonParser parser = new FilteringParserDelegate(all, new Kept(), Inclusion.INCLUDE_ALL_AND_PATH, true)) {
            return orMissing(MAPPER.readTree(parser));
        }
    }

    /** The first use loads hundreds of classes: called from a second thread while the first one connects. */
    static void warmUp() {
        try {
            answer(bytes(Map.of("node", Map.of("args", List.of()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(Object words) {
        try {
            return MAPPER.writeValueAsBytes(words);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("words and maps of them are always JSON", e);
        }
    }

    private static JsonNode orMissing(@Nullable JsonNode node) {
        return node == null ? MAPPER.missingNode() : node;
    }

    private static final class Kept extends TokenFilter {
        private static final Set<String> DROPPED = Set.of("args", "kwargs", "total", "rusage", "broker", "writes");

        @Override
        @Nullable
        public TokenFilter includeProperty(String name) {
            return DROPPED.contains(name) ? null : this;
        }

        /** "No tasks" is an answer: an empty list must not vanish. */
        @Override
        public boolean includeEmptyArray(boolean contentsFiltered) {
            return true;
        }

        @Override
        public boolean includeEmptyObject(boolean contentsFiltered) {
            return true;
        }
    }
}
