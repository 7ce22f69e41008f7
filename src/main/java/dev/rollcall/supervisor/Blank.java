package dev.rollcall.supervisor;

import java.util.ArrayList;
import java.util.List;

/** White space as Python sees it: unlike {@link String#strip} it includes the no-break spaces that editors like to insert. */
final class Blank {
    private Blank() {}

    static boolean is(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    static String strip(String text) {
        int from = indent(text);
        return from == text.length() ? "" : stripEnd(text.substring(from));
    }

    static String stripEnd(String text) {
        int to = text.length();
        while (to > 0 && is(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(0, to);
    }

    /** How many blanks the text begins with. */
    static int indent(String text) {
        int from = 0;
        while (from < text.length() && is(text.charAt(from))) {
            from++;
        }
        return from;
    }

    /** The words between the blanks. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (char c : (text + " ").toCharArray()) {
            if (!is(c)) {
                word.append(c);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        return words;
    }
}
