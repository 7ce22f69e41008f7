package dev.rollcall.supervisor;

import java.util.Optional;

/** Python's {@code %} formatting with named values, which supervisor applies to nearly every value of its configuration. */
final class Template {
    /** Where the names in a template get their values. */
    @FunctionalInterface
    interface Names {
        Optional<String> find(String name);
    }

    private static final String HERE = "%(here)s";

    private final String text;
    private final Names names;
    private int at;
    // Python lends the whole mapping, once, to a directive without a name: "date +%s" is accepted, though useless.
    private boolean mappingLent;

    private Template(String text, Names names) {
        this.text = text;
        this.names = names;
    }

    static String expand(String text, Names names) throws BadValue {
        return text.indexOf('%') < 0 ? text : new Template(text, names).expand();
    }

    /** Puts the folder in the place of its name, and looks at nothing else. */
    static String fixHere(String text, String here) throws BadValue {
        if (!text.contains(HERE)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(HERE); at >= 0; at = text.indexOf(HERE, from)) {
            out.append(text, from, at).append(here);
            Allowance.limit(out.length());
            from = at + HERE.length();
        }
        return out.append(text, from, text.length()).toString();
    }

    private String expand() throws BadValue {
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            out.append(c == '%' ? directive() : String.valueOf(c));
            Allowance.limit(out.length());
        }
        return out.toString();
    }

    private String directive() throws BadValue {
        int from = at - 1;
        if (at < text.length() && text.charAt(at) == '%') {
            at++;
            return "%";
        }
        Optional<String> name = at < text.length() && text.charAt(at) == '(' ? Optional.of(name()) : Optional.empty();
        String flags = run("-+ #0");
        String width = run("0123456789");
        Optional<String> precision = at < text.length() && text.charAt(at) == '.' ? precision() : Optional.empty();
        at += at < text.length() && "hlL".indexOf(text.charAt(at)) >= 0 ? 1 : 0;
        if (at >= text.length()) {
            throw malformed(from);
        }
        char conversion = text.charAt(at++);
        return new Directive(conversion, flags, size(width, from), size(precision.orElse("-1"), from))
                .apply(name.isPresent() ? named(name.get()) : lent(from), name.orElse(""))
                .orElseThrow(() -> malformed(from));
    }

    private String name() throws BadValue {
        int from = ++at;
        for (int depth = 1; at < text.length(); at++) {
            depth += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
            if (depth == 0) {
                return text.substring(from, at++);
            }
        }
        throw malformed(from - 2);
    }

    private String named(String name) throws BadValue {
        mappingLent = true;
        return names.find(name).orElseThrow(() -> missing(name));
    }

    private String lent(int from) throws BadValue {
        if (mappingLent) {
            throw malformed(from);
        }
        mappingLent = true;
        return "{'here': '/...'}";
    }

    private Optional<String> precision() {
        at++;
        return Optional.of("0" + run("0123456789"));
    }

    private String run(String allowed) {
        int from = at;
        while (at < text.length() && allowed.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return text.substring(from, at);
    }

    private int size(String digits, int from) throws BadValue {
        if (digits.length() > 5) {
            throw malformed(from);
        }
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private BadValue malformed(int from) {
        String part = text.substring(from, Math.min(text.length(), Math.max(at, from + 1)));
        return new BadValue("\"" + part + "\" is no expansion", "write %% for a percent sign");
    }

    private static BadValue missing(String name) {
        if (name.startsWith("ENV_")) {
            String variable = name.substring(4);
            return new BadValue(
                    "%(" + name + ")s needs the variable " + variable + ", which supervisord's environment lacks",
                    "set " + variable + " or remove the expansion");
        }
        return new BadValue(
                "%(" + name + ")s is not known here", "remove the expansion or write %% for a percent sign");
    }
}
