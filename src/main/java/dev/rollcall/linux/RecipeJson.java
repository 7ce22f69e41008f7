package dev.rollcall.linux;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.core.Scheduling;
import dev.rollcall.core.StartRecipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A recipe as JSON, in ASCII so that bytes which are no text survive. Written by a generator, since that happens while
 * people wait and binding would cost a tenth of a second; read as a tree, which happens after a crash only.
 */
final class RecipeJson {
    private static final long MOST_ID = 0xFFFF_FFFEL;
    private static final long MOST_UMASK = 0777;
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private RecipeJson() {}

    static byte[] write(StartRecipe recipe) {
        return write(recipe, Optional.empty());
    }

    /** @param errors file for a foreground supervisord's standard error, for the launcher */
    static byte[] write(StartRecipe recipe, Optional<Path> errors) {
        return write(recipe, errors, false);
    }

    /** For the launcher, which is not to execute it. */
    static byte[] trial(StartRecipe recipe) {
        return write(recipe, Optional.empty(), true);
    }

    private static byte[] write(StartRecipe recipe, Optional<Path> errors, boolean trial) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            words(json, recipe);
            rights(json, recipe);
            if (errors.isPresent()) {
                json.writeStringField("errors", Octets.text(errors.get().toAbsolutePath()));
            }
            if (trial) {
                json.writeBooleanField("trial", true);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("tried to write a recipe to memory but it failed; report this", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException if it is no recipe */
    static StartRecipe read(byte[] bytes) throws IOException {
        JsonNode json = new ObjectMapper().readTree(bytes);
        return new StartRecipe(
                texts(field(json, "argv")),
                text(field(json, "directory")),
                map(field(json, "environment")),
                number(field(json, "uid"), MOST_ID),
                number(field(json, "gid"), MOST_ID),
                numbers(field(json, "groups")),
                (int) number(field(json, "umask"), MOST_UMASK),
                limits(field(json, "limits")),
                flag(field(json, "foreground")),
                text(field(json, "output")),
                text(field(json, "unit")),
                scheduling(json));
    }

    private static void words(JsonGenerator json, StartRecipe recipe) throws IOException {
        json.writeFieldName("argv");
        json.writeArray(recipe.argv().toArray(String[]::new), 0, recipe.argv().size());
        json.writeStringField("directory", recipe.directory());
        json.writeObjectFieldStart("environment");
        for (Map.Entry<String, String> variable : recipe.environment().entrySet()) {
            json.writeStringField(variable.getKey(), variable.getValue());
        }
        json.writeEndObject();
        json.writeStringField("output", recipe.output());
        json.writeStringField("unit", recipe.unit());
    }

    private static void rights(JsonGenerator json, StartRecipe recipe) throws IOException {
        json.writeNumberField("uid", recipe.uid());
        json.writeNumberField("gid", recipe.gid());
        array(json, "groups", recipe.groups());
        json.writeNumberField("umask", recipe.umask());
        json.writeObjectFieldStart("limits");
        for (Map.Entry<String, List<Long>> limit : recipe.limits().entrySet()) {
            array(json, limit.getKey(), limit.getValue());
        }
        json.writeEndObject();
        json.writeBooleanField("foreground", recipe.foreground());
        if (recipe.scheduling().isPresent()) {
            json.writeObjectFieldStart("scheduling");
            json.writeNumberField("nice", recipe.scheduling().get().nice());
            json.writeStringField("cpus", recipe.scheduling().get().cpus());
            json.writeEndObject();
        }
    }

    private static void array(JsonGenerator json, String name, List<Long> numbers) throws IOException {
        json.writeFieldName(name);
        json.writeArray(numbers.stream().mapToLong(Long::longValue).toArray(), 0, numbers.size());
    }

    private static JsonNode field(JsonNode json, String name) throws IOException {
        if (!json.has(name)) {
            throw new IOException("it has no \"" + name + "\"");
        }
        return json.get(name);
    }

    private static String text(JsonNode json) throws IOException {
        require(json.isTextual());
        return json.asText();
    }

    /** Of what is none, the library would make 0, which as a user is root. */
    private static long number(JsonNode json) throws IOException {
        require(json.isIntegralNumber() && json.canConvertToLong());
        return json.asLong();
    }

    private static long number(JsonNode json, long most) throws IOException {
        long number = number(json);
        require(number >= 0 && number <= most);
        return number;
    }

    private static boolean flag(JsonNode json) throws IOException {
        require(json.isBoolean());
        return json.asBoolean();
    }

    private static List<String> texts(JsonNode array) throws IOException {
        require(array.isArray());
        List<String> texts = new ArrayList<>();
        for (JsonNode text : array) {
            texts.add(text(text));
        }
        return texts;
    }

    private static List<Long> numbers(JsonNode array) throws IOException {
        require(array.isArray());
        List<Long> numbers = new ArrayList<>();
        for (JsonNode number : array) {
            numbers.add(number(number));
        }
        return numbers;
    }

    private static Map<String, String> map(JsonNode object) throws IOException {
        require(object.isObject());
        Map<String, String> map = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            map.put(field.getKey(), text(field.getValue()));
        }
        return map;
    }

    private static Map<String, List<Long>> limits(JsonNode object) throws IOException {
        require(object.isObject());
        Map<String, List<Long>> limits = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            List<Long> softAndHard = numbers(field.getValue());
            require(softAndHard.size() == 2);
            limits.put(field.getKey(), softAndHard);
        }
        return limits;
    }

    /** Earlier versions did not keep it. */
    private static Optional<Scheduling> scheduling(JsonNode json) throws IOException {
        if (!json.has("scheduling")) {
            return Optional.empty();
        }
        JsonNode kept = json.get("scheduling");
        JsonNode nice = field(kept, "nice");
        require(nice.isInt());
        Scheduling scheduling = new Scheduling(nice.asInt(), text(field(kept, "cpus")));
        require(scheduling.isPossible());
        return Optional.of(scheduling);
    }

    private static void require(boolean recipe) throws IOException {
        if (!recipe) {
            throw new IOException("it is no recipe");
        }
    }
}
