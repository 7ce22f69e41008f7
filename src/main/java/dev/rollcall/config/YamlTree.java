package dev.rollcall.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML document that knows the line of everything in it and collects what is wrong with it. */
final class YamlTree {
    /** The schema has six levels, and a user's routes of events a few more. */
    private static final int DEEPEST = 50;

    /** Nobody reads on. */
    private static final int MOST_PROBLEMS = 20;

    private final String file;
    private final Optional<Node> root;
    private final List<String> problems = new ArrayList<>();

    YamlTree(String file, String text) throws UsageException {
        this.file = file;
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setMaxAliasesForCollections(10)
                .build();
        try {
            refuseDeep(new Parse(settings).parseString(text));
            root = new Compose(settings).composeString(text);
        } catch (YamlEngineException e) {
            throw new UsageException("tried to read " + file + " but it is no YAML: "
                    + shown(String.valueOf(e.getMessage()).replaceAll("\\s+", " "), 500));
        }
    }

    /** The library makes nodes of events by recursion, which the stack must be large enough for. */
    private void refuseDeep(Iterable<Event> events) throws UsageException {
        int depth = 0;
        for (Event event : events) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEEPEST) {
                throw new UsageException("tried to read " + file + " but it nests more than " + DEEPEST
                        + " lists and mappings; no configuration does");
            }
        }
    }

    Mapping root(List<String> known) {
        return root.map(node -> new Value("", node).mapping(known)).orElseGet(() -> new Mapping("", Map.of()));
    }

    void throwProblems() throws UsageException {
        if (!problems.isEmpty()) {
            List<String> shown = new ArrayList<>(problems.subList(0, Math.min(MOST_PROBLEMS, problems.size())));
            if (shown.size() < problems.size()) {
                shown.add(file + ": and " + (problems.size() - shown.size()) + " more");
            }
            throw new UsageException(String.join("\n", shown));
        }
    }

    private void problem(Node at, String message) {
        String line = at.getStartMark().map(m -> ":" + (m.getLine() + 1)).orElse("");
        problems.add(file + line + ": " + shown(message, 300));
    }

    private static String shown(String message, int most) {
        return message.length() > most ? message.substring(0, most) + "…" : message;
    }

    /** One value with the key it stands under. */
    final class Value {
        private final String key;
        private final Node node;

        Value(String key, Node node) {
            this.key = key;
            this.node = node;
        }

        /** @param known the keys it may have; empty for any */
        Mapping mapping(List<String> known) {
            Map<String, Value> entries = new LinkedHashMap<>();
            if (!(node instanceof MappingNode mapping)) {
                problem(node, key + " must be a mapping of keys to values");
                return new Mapping(key, entries);
            }
            for (NodeTuple tuple : mapping.getValue()) {
                String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                if (!known.isEmpty() && !known.contains(name)) {
                    problem(tuple.getKeyNode(), "unknown key '" + name + "'" + Nearest.hint(name, known));
                } else if (entries.put(name, new Value(name, tuple.getValueNode())) != null) {
                    problem(tuple.getKeyNode(), "key '" + name + "' stands there twice");
                }
            }
            return new Mapping(key, entries);
        }

        private Optional<String> text() {
            if (node instanceof ScalarNode scalar) {
                return Optional.of(scalar.getValue());
            }
            problem(node, key + " must be one value");
            return Optional.empty();
        }

        private List<String> list() {
            List<String> items = new ArrayList<>();
            if (node instanceof SequenceNode sequence) {
                sequence.getValue().forEach(item -> new Value(key, item).text().ifPresent(items::add));
            } else {
                problem(node, key + " must be a list, e.g. [celery, -A, myapp, inspect]");
            }
            return items;
        }

        private Object plain() {
            return node instanceof SequenceNode ? list() : text().orElse("");
        }
    }

    /** Keys and values. */
    final class Mapping {
        private final String key;
        private final Map<String, Value> entries;

        Mapping(String key, Map<String, Value> entries) {
            this.key = key;
            this.entries = entries;
        }

        Map<String, Value> entries() {
            return entries;
        }

        Optional<String> text(String name) {
            return Optional.ofNullable(entries.get(name)).flatMap(Value::text);
        }

        List<String> list(String name) {
            return Optional.ofNullable(entries.get(name)).map(Value::list).orElse(List.of());
        }

        /** A list, or one word that stands for the empty list. */
        List<String> listOr(String name, String word) {
            boolean isWord = Optional.ofNullable(entries.get(name))
                    .filter(v -> v.node instanceof ScalarNode s && s.getValue().equals(word))
                    .isPresent();
            return isWord ? List.of() : list(name);
        }

        Mapping mapping(String name, List<String> known) {
            return Optional.ofNullable(entries.get(name))
                    .map(v -> v.mapping(known))
                    .orElseGet(() -> new Mapping(name, Map.of()));
        }

        Map<String, Object> plain() {
            Map<String, Object> plain = new LinkedHashMap<>();
            entries.forEach((name, value) -> plain.put(name, value.plain()));
            return plain;
        }

        void problem(String name, String message) {
            Optional.ofNullable(entries.get(name)).ifPresent(v -> YamlTree.this.problem(v.node, name + ": " + message));
        }

        void problem(String message) {
            entries.values().stream()
                    .findFirst()
                    .ifPresentOrElse(
                            v -> YamlTree.this.problem(v.node, message),
                            () -> problems.add(file + ": " + key + ": " + shown(message, 300)));
        }
    }
}
