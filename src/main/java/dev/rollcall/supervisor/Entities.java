package dev.rollcall.supervisor;

import java.util.Map;

/** XML's escapes, there and back. */
final class Entities {
    private static final Map<String, String> NAMED =
            Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'");

    private Entities() {}

    static String resolve(String name) throws Malformed {
        if (name.startsWith("#")) {
            return numeric(name.substring(1));
        }
        String text = NAMED.get(name);
        if (text == null) {
            throw new Malformed("it uses the entity \"" + name + "\"");
        }
        return text;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String numeric(String digits) throws Malformed {
        boolean hex = digits.startsWith("x");
        try {
            int point = Integer.parseInt(hex ? digits.substring(1) : digits, hex ? 16 : 10);
            if (Character.isValidCodePoint(point)) {
                return Character.toString(point);
            }
        } catch (NumberFormatException e) {
            throw new Malformed("it uses the entity \"#" + digits + "\"");
        }
        throw new Malformed("it uses a character that does not exist");
    }
}
