package dev.rollcall.supervisor;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The words that supervisor takes as values: yes and no, names, log levels, lists. */
final class Words {
    private static final Set<String> TRUE = Set.of("yes", "true", "on", "1");
    private static final Set<String> FALSE = Set.of("no", "false", "off", "0");
    private static final Set<String> LEVELS = Set.of("critical", "error", "warn", "info", "debug", "trace", "blather");

    private Words() {}

    static boolean bool(String text) throws BadValue {
        String word = text.toLowerCase(Locale.ROOT);
        if (!TRUE.contains(word) && !FALSE.contains(word)) {
            throw new BadValue("\"" + text + "\" is neither true nor false", "write true or false");
        }
        return TRUE.contains(word);
    }

    static String autorestart(String text) throws BadValue {
        return text.equalsIgnoreCase("unexpected") ? text : String.valueOf(bool(text));
    }

    static String level(String text) throws BadValue {
        if (!LEVELS.contains(text.toLowerCase(Locale.ROOT))) {
            throw new BadValue(
                    "\"" + text + "\" is no log level",
                    "use one of " + LEVELS.stream().sorted().toList());
        }
        return text;
    }

    /** The name of a program or group; some characters would break supervisor's event protocol and its web page. */
    static String name(String text) throws BadValue {
        String name = Blank.strip(text);
        if (name.chars().anyMatch(c -> c == ' ' || c == ':' || c == '/')) {
            throw new BadValue("the name \"" + name + "\" has a blank, a colon or a slash", "choose another name");
        }
        return name;
    }

    static List<String> list(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(",", -1)).map(Blank::strip).toList();
    }
}
