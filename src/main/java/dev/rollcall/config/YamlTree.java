package dev.rollcall.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A YAML document that knows the line of everything in it and collects what is wrong with it. */
final class YamlTree {
    /** The schema has six levels, and a user's routes of events a few more. */
    private static final int DEEPEST = 50;

    /** Nobody reads on. */
    private static final int MOST_PROBLEMS = 20;

    private final String file;
    private final Optional<Node> root;
    /** A value that is looked at twice is wrong once. */
    private final Set<Problem> problems = new LinkedHashSet<>();

    /** @param line 0 for the file as a whole */
    private record Problem(int line, String sentence) {}

    YamlTree(String file, String text) throws UsageException {
        this.file = file;
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setMaxAliasesForCollections(10)
                .setSchema(new CoreSchema())
                .build();
        try {
            refuseForeign(new Parse(settings).parseString(text));
            root = new Compose(settings).composeString(text);
        } catch (YamlEngineException e) {
            throw new UsageException("tried to read " + file + " but it is no YAML: "
                    + shown(String.valueOf(e.getMessage()).replaceAll("\\s+", " "), 500));
        }
    }

    /** The library makes nodes of events by recursion, which the stack must be large enough for; and what a tag asks for, nobody would do. */
    private void refuseForeign(Iterable<Event> events) throws UsageException {
        int depth = 0;
        for (Event event : events) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEEPEST) {
                throw new UsageException("tried to read " + file + " but it nests more than " + DEEPEST
                        + " lists and mappings; no configuration does");
            }
            Optional<String> tag = tag(event).filter(t -> !t.startsWith(Tag.PREFIX));
            if (tag.isPresent()) {
                int line = event.getStartMark().map(m -> m.getLine() + 1).orElse(0);
                throw new UsageException(file + ":" + line + ": tried to read a value but it has the tag "
                        + shown(tag.get(), 100) + ", which means nothing here; write the value itself");
            }
        }
    }

    private static Optional<String> tag(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag();
        }
        return event instanceof CollectionStartEvent collection ? collection.getTag() : Optional.empty();
    }

    Mapping root(List<String> known) {
        return root.map(node -> new Value("", node).mapping(known)).orElseGet(() -> absent(""));
    }

    private Mapping absent(String key) {
        return new Mapping(key, Optional.empty(), Map.of());
    }

    void throwProblems() throws UsageException {
        if (!problems.isEmpty()) {
            throw new UsageException(String.join("\n", problems()));
        }
    }

    /** A line each, by their lines. */
    List<String> problems() {
        List<String> shown = problems.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .limit(MOST_PROBLEMS)
                .map(p -> file + (p.line() == 0 ? "" : ":" + p.line()) + ": " + p.sentence())
                .collect(Collectors.toCollection(ArrayList::new));
        if (shown.size() < problems.size()) {
            shown.add(file + ": and " + (problems.size() - shown.size()) + " more");
        }
        return shown;
    }

    private void problem(Node at, String message) {
        problems.add(new Problem(at.getStartMark().map(m -> m.getLine() + 1).orElse(0), shown(message, 300)));
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
                return new Mapping(key, Optional.of(node), entries);
            }
            for (NodeTuple tuple : mapping.getValue()) {
                String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                if (!known.isEmpty() && !known.contains(name)) {
                    problem(tuple.getKeyNode(), "unknown key '" + name + "'" + Nearest.hint(name, known));
                } else if (entries.put(name, new Value(name, tuple.getValueNode())) != null) {
                    problem(tuple.getKeyNode(), "key '" + name + "' stands there twice");
                }
            }
            return new Mapping(key, Optional.of(node), entries);
        }

        /** What programs write for nothing, and people by leaving a value out; in quotes it is a word. */
        private boolean isNull() {
            return node.getTag().equals(Tag.NULL);
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

        private List<Value> items() {
            if (node instanceof SequenceNode sequence) {
                return sequence.getValue().stream()
                        .map(item -> new Value("each of " + key, item))
                        .toList();
            }
            problem(node, key + " must be a list of mappings, e.g. [{name: nightly, ...}]");
            return List.of();
        }

        private Object plain() {
            return node instanceof SequenceNode ? list() : text().orElse("");
        }
    }

    /** Keys and values. */
    final class Mapping {
        private final String key;
        private final Optional<Node> at;
        private final Map<String, Value> entries;

        /** @param at empty if it does not stand in the file */
        Mapping(String key, Optional<Node> at, Map<String, Value> entries) {
            this.key = key;
            this.at = at;
            this.entries = entries;
        }

        Map<String, Value> entries() {
            return entries;
        }

        boolean has(String name) {
            return value(name).isPresent();
        }

        /** One that is null was not given. */
        private Optional<Value> value(String name) {
            return Optional.ofNullable(entries.get(name)).filter(value -> !value.isNull());
        }

        /** A text that must be there. */
        Optional<String> required(String name) {
            if (!has(name)) {
                problem(name + " is missing");
            }
            return text(name);
        }

        Optional<String> text(String name) {
            return value(name).flatMap(Value::text);
        }

        List<String> list(String name) {
            return value(name).map(Value::list).orElse(List.of());
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
                    .orElseGet(() -> absent(name));
        }

        /** A list of mappings. */
        List<Mapping> mappings(String name, List<String> known) {
            List<Value> items =
                    Optional.ofNullable(entries.get(name)).map(Value::items).orElse(List.of());
            return items.stream().map(item -> item.mapping(known)).toList();
        }

        /** Those of its values that stand under one of these keys. */
        Map<String, Object> plain(List<String> names) {
            Map<String, Object> plain = plain();
            plain.keySet().retainAll(names);
            return plain;
        }

        Map<String, Object> plain() {
            Map<String, Object> plain = new LinkedHashMap<>();
            entries.keySet().forEach(name -> value(name).ifPresent(value -> plain.put(name, value.plain())));
            return plain;
        }

        void problem(String name, String message) {
            Optional.ofNullable(entries.get(name)).ifPresent(v -> YamlTree.this.problem(v.node, name + ": " + message));
        }

        void problem(String message) {
            at.ifPresentOrElse(
                    node -> YamlTree.this.problem(node, message),
                    () -> problems.add(new Problem(0, shown(key + ": " + message, 300))));
        }
    }
}
