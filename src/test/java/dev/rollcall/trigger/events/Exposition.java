package dev.rollcall.trigger.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prometheus' text format 0.0.4, and what its linter asks for: help and type for each family, units in names, no series twice. */
record Exposition(String text) {
    private static final Pattern META = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{" + LABEL + "(?:," + LABEL
            + ")*,?\\})? (-?[0-9.]+(?:[eE][-+]?[0-9]+)?|NaN|[+-]Inf)");

    void check() {
        Map<String, String> types = new HashMap<>();
        Set<String> helped = new HashSet<>();
        Set<String> series = new HashSet<>();
        assertThat(text).endsWith("\n");
        for (String line : text.split("\n")) {
            Matcher meta = META.matcher(line);
            if (meta.matches()) {
                boolean help = meta.group(1).equals("HELP");
                assertThat(help ? helped.add(meta.group(2)) : types.put(meta.group(2), meta.group(3)) == null)
                        .as(line)
                        .isTrue();
                continue;
            }
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            assertThat(series.add(sample.group(1) + sample.group(2)))
                    .as("twice: " + line)
                    .isTrue();
            String family = family(sample.group(1), types);
            assertThat(helped).as(line).contains(family);
            assertThat(sample.group(1)).startsWith("rollcall_");
            if (types.get(family).equals("counter")) {
                assertThat(family).endsWith("_total");
            }
        }
        assertThat(series).isNotEmpty();
    }

    private static String family(String name, Map<String, String> types) {
        String base = name.replaceFirst("_(bucket|sum|count)$", "");
        String family = types.containsKey(name) ? name : base;
        assertThat(types).as(name).containsKey(family);
        if (!family.equals(name)) {
            assertThat(types.get(family)).as(name).isIn("histogram", "summary");
        }
        return family;
    }
}
