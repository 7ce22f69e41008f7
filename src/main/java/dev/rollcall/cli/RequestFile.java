package dev.rollcall.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.rollcall.config.SmallFile;
import dev.rollcall.config.UsageException;
import dev.rollcall.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Options as one JSON object, from a file or from stdin: so nothing secret stands in argv. */
final class RequestFile {
    private static final int LARGEST_REQUEST = 64 << 10;
    private static final ObjectReader REQUEST = Json.MAPPER
            .readerFor(new TypeReference<Map<String, @Nullable Object>>() {})
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private RequestFile() {}

    /** @param from a path, or - for stdin */
    static Map<String, @Nullable Object> read(String from) throws UsageException {
        String where = name(from);
        try {
            Map<String, @Nullable Object> options = REQUEST.readValue(new String(bytes(from), StandardCharsets.UTF_8));
            if (options == null) {
                throw new UsageException(
                        "tried to read " + where + " but it is null; send a JSON object, {} for all defaults");
            }
            return options;
        } catch (JsonProcessingException e) {
            throw new UsageException("tried to read " + where + " but it is no JSON object (" + place(e)
                    + e.getOriginalMessage().lines().findFirst().orElse("")
                    + "); send one object, {} for all defaults");
        } catch (NoSuchFileException e) {
            throw new UsageException("tried to read " + where + " but there is no such file; name another");
        } catch (InvalidPathException e) {
            throw new UsageException("tried to read " + where + " but it is no path; name a file");
        } catch (IOException e) {
            throw new UsageException("tried to read " + where + " but " + e.getMessage() + "; send only options");
        }
    }

    private static byte[] bytes(String from) throws IOException {
        if (!from.equals("-")) {
            return SmallFile.read(Path.of(from), LARGEST_REQUEST);
        }
        byte[] bytes = System.in.readNBytes(LARGEST_REQUEST + 1);
        if (bytes.length > LARGEST_REQUEST) {
            throw new IOException("it is larger than 64 KiB");
        }
        return bytes;
    }

    /** What breaks one of the parser's limits has no place. */
    private static String place(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    }

    /** For messages. */
    static String name(String from) {
        return from.equals("-") ? "the request on stdin" : "the request in " + from;
    }
}
