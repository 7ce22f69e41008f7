package dev.rollcall.trigger.http;

import dev.rollcall.config.Durations;
import dev.rollcall.config.UsageException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of an address behind the question mark, read strictly: what is misspelt would else be ignored in silence. */
final class Query {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final @Nullable String raw;

    Query(@Nullable String raw) {
        this.raw = raw;
    }

    /** @param known the parameters that the operation has */
    Parameters read(List<String> known) throws UsageException {
        Map<String, String> values = new HashMap<>();
        for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!known.contains(name)) {
                throw new UsageException("tried to read the query but it has an unknown parameter; "
                        + (known.isEmpty() ? "leave it out" : "known are " + String.join(", ", known)));
            }
            if (values.put(name, decoded(name, pair.substring(equals + 1))) != null) {
                throw new UsageException("tried to read the query but " + name + " is there twice; give it once");
            }
        }
        return new Parameters(values);
    }

    private static String decoded(String name, String value) throws UsageException {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "tried to read " + name + " but it is not percent-encoded as an address must be; encode it");
        }
    }

    /** By name. */
    record Parameters(Map<String, String> values) {
        Optional<String> text(String name) {
            return Optional.ofNullable(values.get(name));
        }

        long number(String name, long fallback, long least, long most) throws UsageException {
            String text = values.getOrDefault(name, Long.toString(fallback));
            if (!NUMBER.matcher(text).matches() || Long.parseLong(text) < least || Long.parseLong(text) > most) {
                throw new UsageException(
                        "tried to read " + name + " but it is no number from " + least + " to " + most + "; give one");
            }
            return Long.parseLong(text);
        }

        /** No longer than {@code most}, whatever is asked for. */
        Duration duration(String name, Duration most) throws UsageException {
            Optional<String> text = text(name);
            if (text.isPresent() && text.get().length() > 12) {
                throw new UsageException("tried to read " + name + " but it is no duration; write e.g. 500ms or 20s");
            }
            Duration asked = text.isPresent() ? Durations.parse(name, text.get()) : Duration.ZERO;
            return asked.compareTo(most) > 0 ? most : asked;
        }
    }
}
