package dev.rollcall.supervisor;

/** Finds the program in a command line by shell quoting rules, as supervisord does when it spawns. */
final class FirstWord {
    private FirstWord() {}

    /** Empty if the command has no word; an open quotation ends with the command. */
    static String of(String command) {
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int at = Blank.indent(command); at < command.length(); at++) {
            char c = command.charAt(at);
            if (quote == 0 && Blank.is(c)) {
                break;
            }
            if (c == '\\' && quote != '\'' && at + 1 < command.length()) {
                char next = command.charAt(++at);
                // Within double quotes the backslash escapes only the quote and itself.
                word.append(quote == '"' && next != '"' && next != '\\' ? "\\" + next : String.valueOf(next));
            } else if (quote == 0 ? c == '"' || c == '\'' : c == quote) {
                quote = quote == 0 ? c : 0;
            } else {
                word.append(c);
            }
        }
        return word.toString();
    }
}
