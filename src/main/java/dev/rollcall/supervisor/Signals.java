package dev.rollcall.supervisor;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Linux's signals by number and name; supervisor takes both, and tells now one and now the other. */
final class Signals {
    private static final String[] NAMES = {
        "0", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS"
    };
    private static final Map<String, Integer> OTHERS =
            Map.of("CLD", 17, "POLL", 29, "IOT", 6, "RTMIN", 34, "RTMAX", 64, "_DFL", 0, "_IGN", 1);
    private static final Map<String, Integer> NUMBERS = numbers();

    private Signals() {}

    /** The name without SIG of what a configuration says. */
    static String parse(String text) throws BadValue {
        return find(text)
                .orElseThrow(() -> new BadValue(
                        "\"" + text + "\" is no signal", "use one of TERM, HUP, INT, QUIT, KILL, USR1, USR2"));
    }

    /** The name without SIG of what a supervisord says: a number, or a name with or without prefixes. */
    static Optional<String> find(String text) {
        Optional<Integer> number = Numbers.find(text);
        if (number.isPresent()) {
            return number.flatMap(Signals::name);
        }
        String word = Blank.strip(text).toUpperCase(Locale.ROOT).replaceFirst("^SIGNALS\\.", "");
        return Optional.ofNullable(NUMBERS.get(word.startsWith("SIG") ? word.substring(3) : word))
                .flatMap(Signals::name);
    }

    private static Optional<String> name(int number) {
        if (number == 34 || number == 64) {
            return Optional.of(number == 34 ? "RTMIN" : "RTMAX");
        }
        return number >= 0 && number < NAMES.length ? Optional.of(NAMES[number]) : Optional.empty();
    }

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new TreeMap<>(OTHERS);
        for (int i = 1; i < NAMES.length; i++) {
            numbers.put(NAMES[i], i);
        }
        return Map.copyOf(numbers);
    }
}
