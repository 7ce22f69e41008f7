package dev.rollcall.trigger.inbox;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.rollcall.config.UsageException;
import dev.rollcall.config.YamlOptions;
import dev.rollcall.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options in a dropped file. It is never followed anywhere, and never read past its limit. */
final class Reader {
    static final int LIMIT = 64 << 10;

    private static final ObjectReader JSON = Json.MAPPER
            .readerFor(new TypeReference<Map<String, @Nullable Object>>() {})
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Reader() {}

    static Map<String, @Nullable Object> read(Drop drop) throws Unfit {
        String text = text(drop);
        if (text.isBlank()) {
            return empty(drop);
        }
        return drop.kind() == Drop.Kind.JSON ? json(drop, text) : yaml(drop, text);
    }

    private static String text(Drop drop) throws Unfit {
        if (!drop.isPlain()) {
            throw unfit(drop, "it is no plain file (a link, a pipe or a folder)", "drop a file");
        }
        if (drop.size() > LIMIT) {
            throw unfit(drop, "it is larger than 64 KiB", "drop only options");
        }
        try (InputStream in = Files.newInputStream(drop.path(), LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw unfit(drop, "it is larger than 64 KiB", "drop only options");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unfit(drop, "it is no UTF-8", "write it as UTF-8");
        } catch (IOException e) {
            throw unfit(drop, "it cannot be read (" + e.getClass().getSimpleName() + ")", "check its rights");
        }
    }

    private static Map<String, @Nullable Object> empty(Drop drop) throws Unfit {
        if (drop.kind() == Drop.Kind.JSON) {
            throw unfit(drop, "it is empty", "write {} for all defaults, or name it *.restart");
        }
        return Map.of();
    }

    private static Map<String, @Nullable Object> json(Drop drop, String text) throws Unfit {
        try {
            Map<String, @Nullable Object> options = JSON.readValue(text);
            if (options == null) {
                throw unfit(drop, "it is null", "write {} for all defaults");
            }
            return options;
        } catch (JsonProcessingException e) {
            throw unfit(
                    drop,
                    "it is no JSON object (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")",
                    "write one object, {} for all defaults");
        }
    }

    private static Map<String, @Nullable Object> yaml(Drop drop, String text) throws Unfit {
        try {
            return new LinkedHashMap<>(YamlOptions.read(drop.name(), text));
        } catch (UsageException e) {
            throw unfit(
                    drop,
                    "it is no YAML of options (" + e.getMessage() + ")",
                    "write one option a line, e.g. target: default");
        }
    }

    private static Unfit unfit(Drop drop, String why, String fix) {
        return new Unfit("tried to read the request in " + drop.name() + " but " + why + "; " + fix);
    }
}
