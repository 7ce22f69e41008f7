package dev.rollcall.trigger.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.rollcall.config.UsageException;
import dev.rollcall.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a request, as one JSON object. Messages say where something is wrong and never repeat what was sent. */
final class RequestBody {
    static final int LARGEST = 64 << 10;

    private static final String TRIED = "tried to read the request but ";
    private static final String SEND = "; send one JSON object, {} for all defaults";
    private static final ObjectReader OBJECT = Json.MAPPER
            .readerFor(new TypeReference<Map<String, @Nullable Object>>() {})
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private RequestBody() {}

    static Map<String, @Nullable Object> read(byte[] body) throws UsageException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            if (text.isBlank()) {
                throw new UsageException(TRIED + "it is empty" + SEND);
            }
            Map<String, @Nullable Object> options = OBJECT.readValue(text);
            if (options == null) {
                throw new UsageException(TRIED + "it is null" + SEND);
            }
            return options;
        } catch (CharacterCodingException e) {
            throw new UsageException(TRIED + "it is not UTF-8" + SEND);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation(); // none where a limit of the parser was met
            throw new UsageException(TRIED + "it is no JSON object, or a key stands there twice"
                    + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")") + SEND);
        }
    }
}
