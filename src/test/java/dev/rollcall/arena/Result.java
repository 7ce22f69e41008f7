package dev.rollcall.arena;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The result document, in the words the scenarios use. */
public record Result(JsonNode json) {

    /** The value at a key or a path such as {@code error/code}. */
    public String text(String path) {
        return json.at("/" + path).asText();
    }

    public boolean changed() {
        return json.get("changed").asBoolean();
    }

    public List<Long> killed() {
        return pids(json.get("killed"));
    }

    public List<String> killedKinds() {
        return texts(json.get("killed"), "kind");
    }

    public List<Long> spared() {
        return pids(json.get("spared"));
    }

    public List<Long> bystanders() {
        return pids(json.at("/roll/bystanders"));
    }

    public List<String> findings() {
        return texts(json.get("findings"), "code");
    }

    public List<JsonNode> nodes() {
        return stream(json.at("/roll/nodes")).toList();
    }

    public List<String> nodeNames() {
        return texts(json.at("/roll/nodes"), "name");
    }

    public int survivors() {
        return json.get("survivors").size();
    }

    /** Fate by id of every interrupted task. */
    public Map<String, String> interrupted() {
        return stream(json.get("interrupted_tasks"))
                .collect(Collectors.toMap(
                        t -> t.get("id").asText(), t -> t.get("fate").asText()));
    }

    public String step(String name) {
        return stream(json.get("steps"))
                .filter(s -> s.get("name").asText().equals(name))
                .map(s -> s.get("outcome").asText())
                .findFirst()
                .orElse("none");
    }

    /** How long this step took. */
    public long milliseconds(String step) {
        return stream(json.get("steps"))
                .filter(s -> s.get("name").asText().equals(step))
                .mapToLong(s -> s.get("duration_ms").asLong())
                .sum();
    }

    private static List<Long> pids(JsonNode array) {
        return stream(array).map(p -> p.get("pid").asLong()).toList();
    }

    private static List<String> texts(JsonNode array, String key) {
        return stream(array).map(p -> p.get(key).asText()).toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
