package dev.rollcall.supervisor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as Python's {@code int} reads them: with signs, blanks around and underscores between. */
final class Numbers {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\p{Nd}++(?:_\\p{Nd}++)*+");
    private static final Pattern OCTAL = Pattern.compile("[+-]?(0[oO]_?)?[0-7]++(?:_[0-7]++)*+");
    private static final Map<String, Integer> SIZES = Map.of("kb", 10, "mb", 20, "gb", 30);
    private static final long MOST = Integer.MAX_VALUE;

    private Numbers() {}

    static Optional<Integer> find(String text) {
        String word = Blank.strip(text);
        if (!DECIMAL.matcher(word).matches()) {
            return Optional.empty();
        }
        // Python's numbers have no end; ours stop where a wait or a count is for ever anyway.
        long number = word.codePoints()
                .filter(Character::isDigit)
                .mapToLong(digit -> Character.digit(digit, 10))
                .reduce(0, (sum, digit) -> Math.min(MOST, sum * 10 + digit));
        return Optional.of((int) (word.startsWith("-") ? -number : number));
    }

    static int integer(String text) throws BadValue {
        return find(text).orElseThrow(() -> new BadValue("\"" + text + "\" is no number", "write a whole number"));
    }

    static String octal(String text) throws BadValue {
        if (!OCTAL.matcher(Blank.strip(text)).matches()) {
            throw new BadValue("\"" + text + "\" is no octal number", "write a mode like 0700");
        }
        return text;
    }

    static long size(String text) throws BadValue {
        String word = text.toLowerCase(Locale.ROOT);
        String unit = word.substring(Math.max(0, word.length() - 2));
        Integer shift = SIZES.get(unit);
        return shift == null ? integer(word) : (long) integer(word.substring(0, word.length() - 2)) << shift;
    }

    static int port(String text) throws BadValue {
        int port = integer(text);
        if (port < 1 || port > 0xffff) {
            throw new BadValue(text + " is no port", "use one from 1 to 65535");
        }
        return port;
    }

    static List<String> exitCodes(String text) throws BadValue {
        List<String> codes = text.isEmpty() ? List.of() : List.of(text.split(",", -1));
        for (String code : codes) {
            if (find(code).filter(number -> number >= 0 && number <= 255).isEmpty()) {
                throw new BadValue(
                        "\"" + code + "\" is no exit code", "write numbers from 0 to 255 with commas between");
            }
        }
        return codes;
    }
}
