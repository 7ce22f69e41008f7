package dev.rollcall.config;

import java.util.List;
import java.util.Map;

/** Options of a request in YAML: each a word or a list of words, as {@link OptionSet} takes them. */
public final class YamlOptions {
    private YamlOptions() {}

    /** @param label for messages, e.g. the name of a file */
    public static Map<String, Object> read(String label, String text) throws UsageException {
        YamlTree tree = new YamlTree(label, text);
        Map<String, Object> options = tree.root(List.of()).plain();
        tree.throwProblems();
        return options;
    }
}
