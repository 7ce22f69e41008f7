package dev.rollcall.supervisor;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All sections of a configuration with its includes merged in; remembers which file each value came from, for messages. */
final class Ini {
    private static final String DEFAULTS = "DEFAULT";

    /** A value as written, continuation lines joined. */
    record Entry(String value, String file) {}

    private final Map<String, Map<String, Entry>> sections = new LinkedHashMap<>();
    private final Map<String, Entry> defaults = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    /** Since {@link #fixHere}: with thousands of includes nobody wants to look at all of them after each. */
    private final Set<String> touched = new LinkedHashSet<>();

    void open(String section, String file) {
        touched.add(section);
        if (!section.equals(DEFAULTS)) {
            sections.computeIfAbsent(section, name -> new LinkedHashMap<>());
            files.putIfAbsent(section, file);
        }
    }

    void put(String section, String key, Entry entry) {
        touched.add(section);
        entries(section).put(key, entry);
    }

    List<String> sections() {
        return List.copyOf(sections.keySet());
    }

    /** The sections of one kind, e.g. {@code program:}, in the order of the files. */
    List<String> sections(String prefix) {
        return sections.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    boolean has(String section) {
        return sections.containsKey(section);
    }

    Optional<Entry> get(String section, String key) {
        return Optional.ofNullable(entries(section).get(key)).or(() -> Optional.ofNullable(defaults.get(key)));
    }

    Set<String> keys(String section) {
        Set<String> keys = new LinkedHashSet<>(entries(section).keySet());
        keys.addAll(defaults.keySet());
        return keys;
    }

    /** The file that opened the section first. */
    Optional<String> fileOf(String section) {
        return Optional.ofNullable(files.get(section));
    }

    /** Fixes {@code %(here)s} in everything read so far: an include means its own folder, not that of the main file. */
    void fixHere(String here) throws BadValue {
        List<String> changed = List.copyOf(touched.contains(DEFAULTS) ? sections.keySet() : touched);
        for (String section : changed) {
            for (String key : keys(section)) {
                Entry entry = get(section, key).orElseThrow();
                String fixed = Template.fixHere(entry.value(), here);
                if (!fixed.equals(entry.value())) {
                    put(section, key, new Entry(fixed, entry.file()));
                }
            }
        }
        touched.clear();
    }

    private Map<String, Entry> entries(String section) {
        return section.equals(DEFAULTS) ? defaults : sections.getOrDefault(section, Map.of());
    }
}
