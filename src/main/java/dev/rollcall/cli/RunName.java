package dev.rollcall.cli;

import dev.rollcall.config.UsageException;
import dev.rollcall.port.Journal;
import java.util.List;

/** A run as people name it: its first characters are enough. */
final class RunName {
    private RunName() {}

    static String find(Journal journal, String start) throws UsageException {
        List<String> matches =
                journal.runs().stream().filter(id -> id.startsWith(start)).toList();
        if (matches.size() != 1) {
            String why = matches.isEmpty() ? "there is no such run" : matches.size() + " runs begin so";
            throw new UsageException("tried to find run " + start + " but " + why + "; list them with: rollcall runs");
        }
        return matches.get(0);
    }

    /** The form of a document about runs. */
    static void checkForm(String output) throws UsageException {
        if (!output.equals("text") && !output.equals("json")) {
            throw new UsageException(
                    "tried to read --output but '" + output + "' is neither text nor json; write one of them");
        }
    }
}
