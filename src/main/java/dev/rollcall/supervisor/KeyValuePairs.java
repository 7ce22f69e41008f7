package dev.rollcall.supervisor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code KEY=val,KEY2="val2"} of {@code environment=} by the rules of Python's non-POSIX shlex. */
final class KeyValuePairs {
    private static final String MARKS = "_/.+-():";
    private final String text;
    private int at;

    private KeyValuePairs(String text) {
        this.text = text;
    }

    static Map<String, String> parse(String text) throws BadValue {
        List<String> tokens = new KeyValuePairs(text).tokens();
        Map<String, String> pairs = new LinkedHashMap<>();
        // Each pair is three tokens, and whatever the fourth is separates it from the next: supervisor does not look.
        for (int i = 0; i < tokens.size(); i += 4) {
            if (i + 2 >= tokens.size() || !tokens.get(i + 1).equals("=")) {
                throw new BadValue(
                        "\"" + text + "\" is no list of KEY=value pairs", "write KEY=\"value\",KEY2=\"value2\"");
            }
            pairs.put(tokens.get(i), unquote(tokens.get(i + 2)));
        }
        return pairs;
    }

    private List<String> tokens() throws BadValue {
        List<String> tokens = new ArrayList<>();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isSpace(c)) {
                at++;
            } else if (c == '#') {
                skipLine();
            } else {
                tokens.add(c == '"' || c == '\'' ? quoted(c) : isWord(c) ? word() : text.substring(at, ++at));
            }
        }
        return tokens;
    }

    private String quoted(char quote) throws BadValue {
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw new BadValue("a quotation in it does not end", "close the quotation");
        }
        String token = text.substring(at, end + 1);
        at = end + 1;
        return token;
    }

    /** Quotes inside a word are part of it, and a comment inside a word does not end it. */
    private String word() {
        StringBuilder word = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                skipLine();
            } else if (isWord(c) || c == '"' || c == '\'') {
                word.append(c);
                at++;
            } else {
                break;
            }
        }
        return word.toString();
    }

    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || MARKS.indexOf(c) >= 0;
    }

    private static String unquote(String token) {
        int from = 0;
        int to = token.length();
        while (from < to && "'\"".indexOf(token.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && "'\"".indexOf(token.charAt(to - 1)) >= 0) {
            to--;
        }
        return token.substring(from, to);
    }
}
