package dev.rollcall.supervisor;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One {@code %} directive of a template without its name.
 *
 * @param precision -1 if there is none
 */
record Directive(char conversion, String flags, int width, int precision) {
    /** The only two values that supervisor passes as numbers; everything else is text, whatever it looks like. */
    private static final Set<String> NUMBERS = Set.of("process_num", "numprocs");

    /** The value as the directive shows it; empty if it does not fit the value. */
    Optional<String> apply(String value, String name) {
        boolean number = NUMBERS.contains(name);
        return switch (conversion) {
            case 's' -> Optional.of(text(value));
            case 'r', 'a' -> Optional.of(text(number || name.isEmpty() ? value : "'" + value + "'"));
            case 'c' -> character(value, number).map(this::text);
            case 'd', 'i', 'u' -> number ? Optional.of(digits(value, 10)) : Optional.empty();
            case 'x' -> number ? Optional.of(digits(value, 16)) : Optional.empty();
            case 'X' -> number ? Optional.of(digits(value, 16).toUpperCase(Locale.ROOT)) : Optional.empty();
            case 'o' -> number ? Optional.of(digits(value, 8)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<String> character(String value, boolean number) {
        if (!number) {
            return Optional.of(value).filter(text -> text.codePointCount(0, text.length()) == 1);
        }
        long point = Long.parseLong(value);
        boolean exists = point >= 0 && point <= Character.MAX_CODE_POINT;
        return exists ? Optional.of(Character.toString((int) point)) : Optional.empty();
    }

    private String text(String value) {
        String cut = precision >= 0 && precision < value.length() ? value.substring(0, precision) : value;
        String padding = " ".repeat(Math.max(0, width - cut.length()));
        return has('-') ? cut + padding : padding + cut;
    }

    private String digits(String value, int radix) {
        BigInteger number = new BigInteger(value);
        String digits = number.abs().toString(radix);
        String sign = number.signum() < 0 ? "-" : has('+') ? "+" : has(' ') ? " " : "";
        String prefix = has('#') && radix == 16 ? "0x" : has('#') && radix == 8 ? "0o" : "";
        int least = has('0') && !has('-') ? width - sign.length() - prefix.length() : 0;
        String padded = "0".repeat(Math.max(0, Math.max(least, precision) - digits.length())) + digits;
        String padding = " ".repeat(Math.max(0, width - sign.length() - prefix.length() - padded.length()));
        return has('-') ? sign + prefix + padded + padding : padding + sign + prefix + padded;
    }

    private boolean has(char flag) {
        return flags.indexOf(flag) >= 0;
    }
}
